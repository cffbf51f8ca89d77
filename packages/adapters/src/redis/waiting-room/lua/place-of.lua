-- A user's present place, without claiming anything.
--   ARGV[2]  user
--   Answers  the sequence, or nil.

if is_stale() then return stale() end
local waiting = redis.call('ZSCORE', WAITING, ARGV[2])
if waiting then return waiting end
local place = read_place(ARGV[2])
if not place or (place.state == 'A' and place.ends <= now) then return nil end
return int(place.sequence)
