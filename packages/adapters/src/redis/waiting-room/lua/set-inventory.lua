-- Takes over what the database counted of the concert's seats, with the moment at which it arrived.
--   ARGV[2]  seats that can be had now
--   ARGV[3]  1 when every seat of every bookable date is sold
--   ARGV[4…] user, sequence, … of everyone with a live hold
--   Answers  how many active fans have a hold.

if is_stale() then return stale() end
local holders = 0
for i = 4, #ARGV, 2 do
  local place = read_place(ARGV[i])
  if place and place.sequence == tonumber(ARGV[i + 1]) and place.state == 'A' and place.ends > now then
    holders = holders + 1
  end
end
redis.call('HSET', ROOM, 'sellable', ARGV[2], 'soldOut', ARGV[3], 'holders', holders, 'countedAt', int(now))
return holders
