-- How many places are where, by the clock alone: whether or not expire.lua has run.

--- @include room

local function count_until(key)
  return redis.call('ZCOUNT', key, '(' .. int(now), '+inf')
end

-- An offered place counts as active, a returned one as parked. Every offered place is in `parkedUntil` too.
local function count_places()
  local offered = count_until(OFFERED_KEY)
  return {
    waiting = redis.call('ZCARD', WAITING_KEY),
    active = count_until(ACTIVE_KEY) + offered,
    parked = count_until(PARKED_UNTIL_KEY) - offered + redis.call('ZCARD', RETURNED_KEY),
  }
end
