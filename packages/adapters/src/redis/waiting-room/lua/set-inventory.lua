-- Replaces the inventory snapshot, unless that of a later count has arrived.
--   ARGV[2]  number of the count
--   ARGV[3]  moment at which the count began
--   ARGV[4]  seats that payments had reported sold then
--   ARGV[5]  seats that can be held
--   ARGV[6]  end of the booking window-unsold seats;… of the bookable dates, in the order of their ends
--   ARGV[7]  seats that refunds have returned to sale
--   ARGV[8…] user, sequence, … of everyone with a live hold
--   Returns  1 when the snapshot has been replaced, 0 otherwise

--- @include place-transitions
--- @include sold-out

if is_stale() then return stale() end
-- A count that began before a loss of Redis is not of this room.
local last = redis.call('HGET', ROOM_KEY, 'countNumber') or '0'
if tonumber(ARGV[2]) <= math.max(tonumber(last), room.epoch * COUNTERS_PER_EPOCH) then return 0 end
local holders = 0
for i = 8, #ARGV, 2 do
  local place = read_place(ARGV[i])
  if place and place.sequence == tonumber(ARGV[i + 1]) and has_session(place) then holders = holders + 1 end
end
redis.call(
  'HSET', ROOM_KEY, 'countNumber', ARGV[2], 'countedAt', ARGV[3], 'soldBefore', ARGV[4], 'sellable', ARGV[5],
  'dates', ARGV[6], 'seatsReturned', ARGV[7], 'holders', holders
)
return_places()
update_sold_out()
return 1
