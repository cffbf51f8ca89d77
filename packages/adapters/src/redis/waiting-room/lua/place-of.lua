-- A user's place. Writes nothing.
--   ARGV[2]  user
--   Returns  the sequence, or nil for a user without a place

--- @include place

if is_stale() then return stale() end
local user = ARGV[2]
local waiting = redis.call('ZSCORE', WAITING_KEY, user)
if waiting then return waiting end
local place = read_place(user)
return place and not is_over(user, place) and int(place.sequence)
