-- The places that have been admitted, by the rules of packages/domain/src/waiting-room/place.ts.
--
--   state      record     sorted sets
--   WAITING    none       waiting (sequence)
--   OFFERED    OFFERED    offered (claimBy), parkedUntil
--   PARKED     OFFERED    parkedUntil
--   ACTIVE     ACTIVE     active (sessionExpiresAt)
--   RETURNED   RETURNED   returned (sequence)
--   ENDED      none       ended
--
-- A session that has ended while the room was sold out has made its place RETURNED, before return_places writes it.
-- Time alone parks a place, when its score in `offered` is over: expire.lua only removes it from there.

--- @include ends
--- @include sold-out

local OFFERED, ACTIVE, RETURNED = RECORD_STATES.OFFERED, RECORD_STATES.ACTIVE, RECORD_STATES.RETURNED

-- A record (place-record.ts). sessionTtlMs is that of the offer, and sessionExpiresAt that of the session.
local function parse_place(packed)
  local sequence, issued, ttl, expires, state = string.match(packed, '^(%d+):(%d+):(%d+):(%d+):(%u)$')
  return {
    sequence = tonumber(sequence), issuedAt = tonumber(issued), sessionTtlMs = tonumber(ttl),
    sessionExpiresAt = tonumber(expires), state = state,
  }
end

local function read_place(user)
  local packed = redis.call('HGET', PLACE_KEY, user)
  return packed and parse_place(packed) or nil
end

local function pack_place(place)
  return int(place.sequence) .. ':' .. int(place.issuedAt) .. ':' .. int(place.sessionTtlMs) .. ':' ..
    int(place.sessionExpiresAt) .. ':' .. place.state
end

local function write_place(user, place)
  redis.call('HSET', PLACE_KEY, user, pack_place(place))
end

local function remove_place(user)
  redis.call('ZREM', OFFERED_KEY, user)
  redis.call('ZREM', PARKED_UNTIL_KEY, user)
  redis.call('ZREM', ACTIVE_KEY, user)
  redis.call('ZREM', RETURNED_KEY, user)
  redis.call('HDEL', PLACE_KEY, user)
end

-- Returns the moment from which the end is kept.
local function end_place(user, place, reason)
  remove_place(user)
  return write_end(place.sequence, reason, place.sessionExpiresAt)
end

-- Whether the user's score in a sorted set of moments is in the future.
local function is_until(key, user)
  local moment = redis.call('ZSCORE', key, user)
  return moment and tonumber(moment) > now
end

local function has_session(place)
  return place.state == ACTIVE and place.sessionExpiresAt > now
end

local function has_slot(user, place)
  return has_session(place) or (place.state == OFFERED and is_until(OFFERED_KEY, user))
end

-- Whether the session of a place has ended in a sold-out room, and its return has not been written.
local function is_returning(place)
  return place.state == ACTIVE and not has_session(place) and is_sold_out_at(place.sessionExpiresAt)
end

-- Whether the time of a place is over, written or not.
local function is_over(user, place)
  if place.state == ACTIVE then return not has_session(place) and not is_returning(place) end
  return place.state == OFFERED and not is_until(PARKED_UNTIL_KEY, user)
end
