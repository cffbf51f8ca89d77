-- Writes what time alone has done to places, and forgets old ends.
--   ARGV[2]  how many places at most

--- @include place
--- @include reply

if is_stale() then return stale() end
local limit = tonumber(ARGV[2])

local function due(key, count)
  return redis.call('ZRANGEBYSCORE', key, '-inf', int(now), 'LIMIT', 0, count)
end

local expired = 0
for _, key in ipairs({ PARKED_UNTIL_KEY, ACTIVE_KEY }) do
  for _, user in ipairs(due(key, limit - expired)) do
    end_place(user, read_place(user), 'EXPIRED')
    expired = expired + 1
  end
end

-- The ended ones are gone from `offered`, so those that are due are parked now.
local lapsed = due(OFFERED_KEY, limit - expired)
for first = 1, #lapsed, 1000 do
  redis.call('ZREM', OFFERED_KEY, unpack(lapsed, first, math.min(first + 999, #lapsed)))
end
forget_old_ends()
return in_order(REPLY, { parked = #lapsed, expired = expired })
