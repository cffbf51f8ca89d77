-- Checks in the fans of tickets: claims an offered slot, and returns a parked place.
--   ARGV[2…]  user, sequence, moment of issue, … of the tickets
--   The status is UNKNOWN for a place that the room does not know, and OVER for one whose time is over.

--- @include place-transitions
--- @include line
--- @include many
--- @include place-replies

if is_stale() then return stale() end

local users = {}
for index = 2, #ARGV, 3 do users[#users + 1] = ARGV[index] end
local waiting, records = read_many('ZMSCORE', WAITING_KEY, users), read_many('HMGET', PLACE_KEY, users)

-- By user, because two tickets of one user may come together.
local place_of = {}

local function check_in_ticket(index, user, sequence, issued)
  if waiting[index] and tonumber(waiting[index]) == sequence then return waiting_status(user, waiting[index]) end
  local place = place_of[user] or (records[index] and parse_place(records[index]))
  place_of[user] = place
  if not place or place.sequence ~= sequence then return { status = read_end(sequence) or 'UNKNOWN' } end
  place.issuedAt = issued
  local checked_in = check_in(user, place)
  return checked_in and checked_in_status(checked_in) or { status = 'OVER' }
end

local replies = {}
for index, user in ipairs(users) do
  local at = 3 * index
  replies[index] = pack_reply(check_in_ticket(index, user, tonumber(ARGV[at]), tonumber(ARGV[at + 1])))
end
return reply_with_places(replies)
