-- Admits places by sequence, as many as the present window allows. Idempotent: the callers share the allowance.
--   ARGV[2]  the most that one call admits, so that other callers do not wait for long

--- @include admission
--- @include counts
--- @include line
--- @include place-transitions
--- @include reply

if is_stale() then return stale() end

-- Removes the places with the lowest sequences from both the returned ones and the line: user, sequence, …
local function take(count)
  if redis.call('ZCARD', RETURNED_KEY) == 0 then return redis.call('ZPOPMIN', WAITING_KEY, count) end
  local keys = { RETURNED_KEY, WAITING_KEY }
  local lines = {
    redis.call('ZRANGE', RETURNED_KEY, 0, count - 1, 'WITHSCORES'),
    redis.call('ZRANGE', WAITING_KEY, 0, count - 1, 'WITHSCORES'),
  }
  local at, taken = { 1, 1 }, {}
  while #taken < 2 * count do
    local returned, waiting = tonumber(lines[1][at[1] + 1]), tonumber(lines[2][at[2] + 1])
    if not returned and not waiting then break end
    local line = (not waiting or (returned and returned < waiting)) and 1 or 2
    local user = lines[line][at[line]]
    redis.call('ZREM', keys[line], user)
    taken[#taken + 1], taken[#taken + 2] = user, lines[line][at[line] + 1]
    at[line] = at[line] + 2
  end
  return taken
end

-- In chunks, because unpack() is limited.
local function offer(taken)
  local policy = read_policy()
  -- Text, so that Redis does not format each score.
  local claim_by = int(now + policy.claimTtlMs)
  local parked_until = int(now + policy.claimTtlMs + policy.parkRetentionMs)
  for first = 1, #taken, 1000 do
    local places, claims, retentions = {}, {}, {}
    for i = first, math.min(first + 999, #taken), 2 do
      local user, sequence = taken[i], tonumber(taken[i + 1])
      local place = {
        sequence = sequence, issuedAt = 0, sessionTtlMs = policy.sessionTtlMs, sessionExpiresAt = 0, state = OFFERED,
      }
      local at = i - first + 1
      places[at], places[at + 1] = user, pack_place(place)
      claims[at], claims[at + 1] = claim_by, user
      retentions[at], retentions[at + 1] = parked_until, user
    end
    redis.call('HSET', PLACE_KEY, unpack(places))
    redis.call('ZADD', OFFERED_KEY, unpack(claims))
    redis.call('ZADD', PARKED_UNTIL_KEY, unpack(retentions))
  end
end

return_places()
local count = math.min(admissible(count_places().active), tonumber(ARGV[2]))
local taken = count > 0 and take(count) or {}
local admitted = #taken / 2
if admitted > 0 then
  offer(taken)
  use_allowance(admitted)
  raise_watermark(tonumber(taken[#taken]))
end
redis.call('HSET', ROOM_KEY, 'lastTickAt', int(now))

local counts = count_places()
-- Also a place whose time is over is in the room until expire.lua has ended it.
local is_empty = counts.waiting == 0 and redis.call('EXISTS', ACTIVE_KEY, PARKED_UNTIL_KEY, RETURNED_KEY) == 0
return in_order(REPLY, {
  admitted = admitted, waiting = counts.waiting + counts.parked, active = counts.active,
  isOver = is_empty and is_closed(),
})
