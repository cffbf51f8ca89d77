-- Parks the unclaimed, ends the sessions and the parkings whose time is over, and forgets old ends.
--   ARGV[2]  how many at most of each
--   Answers  parked, expired.

if is_stale() then return stale() end
local limit = tonumber(ARGV[2])
local parked, expired = 0, 0

for _, user in ipairs(redis.call('ZRANGEBYSCORE', ACTIVE, '-inf', int(now), 'LIMIT', 0, limit)) do
  local place = read_place(user)
  if place.state == 'O' then
    park(user, place)
    parked = parked + 1
  else
    finish(user, place, 'EXPIRED')
    expired = expired + 1
  end
end
for _, user in ipairs(redis.call('ZRANGEBYSCORE', PARKED, '-inf', int(now), 'LIMIT', 0, limit - parked - expired)) do
  finish(user, read_place(user), 'EXPIRED')
  expired = expired + 1
end
redis.call('ZREMRANGEBYSCORE', ENDED, '-inf', int((now - ENDED_RETENTION_MS) * 4))
return { parked, expired }
