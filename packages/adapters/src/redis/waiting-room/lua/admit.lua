-- Admits the next in line, by sequence, as far as the present window allows. Idempotent: what a window has given out
-- it does not give out again, whoever asks.
--   ARGV[2]  how many at most in one call, so that the server is not kept busy for long
--   Answers  admitted, waiting, active, 1 when every date has ended selling.

if is_stale() then return stale() end

-- The lowest sequences of both lines together: the returned have left the count of positions, not their order.
local function take(count)
  if redis.call('ZCARD', RETURNED) == 0 then return redis.call('ZPOPMIN', WAITING, count) end
  local lines = {
    redis.call('ZRANGE', RETURNED, 0, count - 1, 'WITHSCORES'),
    redis.call('ZRANGE', WAITING, 0, count - 1, 'WITHSCORES'),
  }
  local at, taken = { 1, 1 }, {}
  while #taken < 2 * count do
    local first, second = tonumber(lines[1][at[1] + 1]), tonumber(lines[2][at[2] + 1])
    if not first and not second then break end
    local line = (not second or (first and first < second)) and 1 or 2
    local user = lines[line][at[line]]
    redis.call('ZREM', line == 1 and RETURNED or WAITING, user)
    taken[#taken + 1], taken[#taken + 2] = user, lines[line][at[line] + 1]
    at[line] = at[line] + 2
  end
  return taken
end

local function offer(taken)
  local deadline, ttl = int(now + number('claimTtlMs')), number('sessionTtlMs')
  for first = 1, #taken, 1000 do
    local places, deadlines = {}, {}
    for i = first, math.min(first + 999, #taken), 2 do
      local place = { sequence = tonumber(taken[i + 1]), issuedAt = 0, ttl = ttl, ends = 0, state = 'O' }
      places[#places + 1], places[#places + 2] = taken[i], pack_place(place)
      deadlines[#deadlines + 1], deadlines[#deadlines + 2] = deadline, taken[i]
    end
    redis.call('HSET', PLACE, unpack(places))
    redis.call('ZADD', ACTIVE, unpack(deadlines))
  end
end

local count = math.min(admissible(), tonumber(ARGV[2]))
local admitted = 0
if count > 0 then
  local taken = take(count)
  admitted = #taken / 2
  if admitted > 0 then
    offer(taken)
    use_window(admitted)
    raise_watermark(tonumber(taken[#taken]))
  end
end
redis.call('HSET', ROOM, 'lastTickAt', int(now))

local closed = room.windows ~= '' and 1 or 0
for ends in string.gmatch(room.windows or '', '%d+-(%d+)') do
  if now < tonumber(ends) then closed = 0 end
end
local line = redis.call('ZCARD', WAITING) + redis.call('ZCARD', RETURNED) + redis.call('ZCARD', PARKED)
return { admitted, line, active_count(), closed }
