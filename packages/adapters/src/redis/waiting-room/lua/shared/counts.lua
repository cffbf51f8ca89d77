-- How many places are where, by the clock alone: whether or not expire.lua has run.

--- @include sold-out

local function count_until(key)
  return redis.call('ZCOUNT', key, '(' .. int(now), '+inf')
end

-- The places whose session has ended while the room was sold out, and whose return has not been written.
local function count_returning()
  if not room.soldOutFrom or now < tonumber(room.soldOutFrom) then return 0 end
  return redis.call('ZCOUNT', ACTIVE_KEY, room.soldOutFrom, int(math.min(now, room.soldOutUntil - 1)))
end

-- An offered place counts as active, a returned one as parked. Every offered place is in `parkedUntil` too.
local function count_places()
  local offered = count_until(OFFERED_KEY)
  return {
    waiting = redis.call('ZCARD', WAITING_KEY),
    active = count_until(ACTIVE_KEY) + offered,
    parked = count_until(PARKED_UNTIL_KEY) - offered + redis.call('ZCARD', RETURNED_KEY) + count_returning(),
  }
end
