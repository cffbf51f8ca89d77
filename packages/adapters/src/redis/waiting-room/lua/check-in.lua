-- Where a ticket's place stands. Looking claims an admitted slot and brings a parked fan back.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  moment of issue, as the ticket has it
--   Answers  a standing; its status is UNKNOWN for a place that this room has no memory of.

if is_stale() then return stale() end
local user, sequence, issued = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local waiting = redis.call('ZSCORE', WAITING, user)
if waiting and tonumber(waiting) == sequence then
  return standing(false, 'WAITING', sequence, issued, redis.call('ZRANK', WAITING, user) + 1, false, 0)
end

local place = read_place(user)
if place and place.sequence == sequence then
  place.issuedAt = issued
  place = show_up(user, place)
  if place then return standing_of(false, user, place) end
end

local ended = redis.call('ZSCORE', ENDED, int(sequence))
local status = ended and REASON_OF[ended % 4] or 'UNKNOWN'
return standing(false, status, sequence, issued, 0, false, 0)
