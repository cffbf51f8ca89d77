-- The moments of issue of the places in the line: each is that of the last arrival at or before it.

--- @include room

local function issued_at(sequence)
  return tonumber(redis.call('ZREVRANGEBYSCORE', ARRIVALS_KEY, int(sequence), '-inf', 'LIMIT', 0, 1)[1]) or now
end

-- Keeps the arrivals of the places above the watermark, which begin with the last one at or below it.
local function forget_arrivals()
  local watermark = room.watermark or '0'
  local first = redis.call('ZREVRANGEBYSCORE', ARRIVALS_KEY, watermark, '-inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  if first then redis.call('ZREMRANGEBYSCORE', ARRIVALS_KEY, '-inf', '(' .. int(tonumber(first))) end
end
