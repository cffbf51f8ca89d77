-- Replaces the inventory snapshot.
--   ARGV[2]  seats that can be held now
--   ARGV[3]  1 when every seat of every bookable date is sold, 0 otherwise
--   ARGV[4…] user, sequence, … of everyone with a live hold
--   Answers  how many of them have a session on that place

--- @include place

if is_stale() then return stale() end
local holders = 0
for i = 4, #ARGV, 2 do
  local place = read_place(ARGV[i])
  if place and place.sequence == tonumber(ARGV[i + 1]) and has_session(place) then holders = holders + 1 end
end
redis.call('HSET', ROOM_KEY, 'sellable', ARGV[2], 'soldOut', ARGV[3], 'holders', holders, 'countedAt', int(now))
return holders
