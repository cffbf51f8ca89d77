-- Admits places by sequence, as many as the present window allows. Idempotent: the callers share the allowance.
--   ARGV[2]  the most that one call admits, so that other callers do not wait for long
--   A room that is over is removed with every key that it has.

--- @include admission
--- @include arrivals
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

-- The moments of issue of places that are asked for by ascending sequence.
local function issue_reader(last)
  local arrivals = redis.call('ZRANGEBYSCORE', ARRIVALS_KEY, '-inf', int(last), 'WITHSCORES')
  local at = 1
  return function(user, sequence)
    -- A returned place has a record. A place in the line has none, also one below the watermark in the copy of a replica.
    local returned = sequence <= tonumber(room.watermark or '0') and read_place(user)
    if returned then return returned.issuedAt end
    while arrivals[at + 3] and tonumber(arrivals[at + 3]) <= sequence do at = at + 2 end
    return arrivals[at] and tonumber(arrivals[at + 1]) <= sequence and tonumber(arrivals[at]) or now
  end
end

-- In chunks, because unpack() is limited.
local function offer(taken)
  local issued_at_of = issue_reader(tonumber(taken[#taken]))
  local policy = read_policy()
  -- Text, so that Redis does not format each score.
  local claim_by = int(now + policy.claimTtlMs)
  local parked_until = int(now + policy.claimTtlMs + policy.parkRetentionMs)
  for first = 1, #taken, 1000 do
    local places, claims, retentions = {}, {}, {}
    for i = first, math.min(first + 999, #taken), 2 do
      local user, sequence = taken[i], tonumber(taken[i + 1])
      local place = {
        sequence = sequence, issuedAt = issued_at_of(user, sequence), sessionTtlMs = policy.sessionTtlMs,
        sessionExpiresAt = 0, state = OFFERED,
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
forget_arrivals()
redis.call('HSET', ROOM_KEY, 'lastTickAt', int(now))

local counts = count_places()
-- A place whose time is over is in the room until expire.lua has ended it, and its status until that is forgotten.
local is_over = has_been_closed_for(ENDED_TOKEN_RETENTION_MS)
  and redis.call('EXISTS', ACTIVE_KEY, PARKED_UNTIL_KEY, ENDED_KEY) == 0
if is_over then redis.call('DEL', unpack(KEYS)) end
return in_order(REPLY, {
  admitted = admitted, waiting = counts.waiting + counts.parked, active = counts.active, isOver = is_over,
})
