-- Checks in the fan of a ticket: claims an offered slot, and returns a parked place.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  moment of issue, from the ticket
--   The status is UNKNOWN for a place that the room does not know, and OVER for one whose time is over.

--- @include place-transitions
--- @include line
--- @include reply

if is_stale() then return stale() end
local user, sequence, issued = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local waiting = redis.call('ZSCORE', WAITING_KEY, user)
if waiting and tonumber(waiting) == sequence then return reply_with_room(waiting_status(user, waiting)) end

local place = read_place(user)
if place and place.sequence == sequence then
  place.issuedAt = issued
  place = check_in(user, place)
  return reply_with_room(place and checked_in_status(place) or { status = 'OVER' })
end
return reply_with_room({ status = read_end(sequence) or 'UNKNOWN' })
