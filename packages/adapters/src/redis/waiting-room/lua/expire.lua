-- Ends places whose time is over, parks those whose claim window is over, and forgets old ends.
--   ARGV[2]   how many places to park at most
--   ARGV[3…]  user, sequence, … of the places to end; the database has their ends

--- @include place
--- @include reply

if is_stale() then return stale() end
local limit = tonumber(ARGV[2])

local expired = 0
for index = 3, #ARGV, 2 do
  local user, sequence = ARGV[index], tonumber(ARGV[index + 1])
  local place = read_place(user)
  if place and place.sequence == sequence then
    end_place(user, place, 'EXPIRED')
    expired = expired + 1
  end
end

local lapsed = redis.call('ZRANGEBYSCORE', OFFERED_KEY, '-inf', int(now), 'LIMIT', 0, limit)
local parked = 0
for _, user in ipairs(lapsed) do
  -- A place that is over as well waits for its end.
  if is_until(PARKED_UNTIL_KEY, user) then
    redis.call('ZREM', OFFERED_KEY, user)
    parked = parked + 1
  end
end
forget_old_ends()
return in_order(REPLY, { parked = parked, expired = expired })
