-- What a check-in does to a place that has been admitted.

--- @include place

local function wait_bucket(ms)
  if ms < WAIT_BUCKET_FIRST_MS then return 0 end
  return 1 + math.floor(math.log(ms / WAIT_BUCKET_FIRST_MS) / math.log(WAIT_BUCKET_GROWTH))
end

-- Begins the session of an offered place, or of a new one that is admitted at once.
local function claim(user, place)
  redis.call('HINCRBY', WAITS_KEY, wait_bucket(now - place.issuedAt), 1)
  place.sessionExpiresAt = now + place.sessionTtlMs
  place.state = ACTIVE
  write_place(user, place)
  redis.call('ZADD', ACTIVE_KEY, place.sessionExpiresAt, user)
end

local function claim_offer(user, place)
  redis.call('ZREM', OFFERED_KEY, user)
  redis.call('ZREM', PARKED_UNTIL_KEY, user)
  claim(user, place)
end

local function return_place(user, place)
  redis.call('ZREM', OFFERED_KEY, user)
  redis.call('ZREM', PARKED_UNTIL_KEY, user)
  redis.call('ZREM', ACTIVE_KEY, user)
  redis.call('ZADD', RETURNED_KEY, int(place.sequence), user)
  place.state = RETURNED
  write_place(user, place)
end

-- Writes the returns of places whose session has ended while the room was sold out. A tick writes them five times a second,
-- so they are few.
local function return_places()
  if not room.soldOutFrom or now < tonumber(room.soldOutFrom) then return end
  local last = math.min(now, room.soldOutUntil - 1)
  for _, user in ipairs(redis.call('ZRANGEBYSCORE', ACTIVE_KEY, room.soldOutFrom, int(last))) do
    return_place(user, read_place(user))
  end
end

-- The place after the check-in. Nil for a place whose time is over: the caller writes its end to the database first.
local function check_in(user, place)
  if place.state == OFFERED and is_until(OFFERED_KEY, user) and not is_sold_out() then
    claim_offer(user, place)
  elseif is_over(user, place) then
    return nil
  elseif place.state == OFFERED or is_returning(place) then
    return_place(user, place)
  end
  return place
end

local function checked_in_status(place)
  if place.state == ACTIVE then
    return { status = 'ACTIVE', sequence = int(place.sequence), sessionExpiresAt = place.sessionExpiresAt }
  end
  return { status = 'RETURNED', sequence = int(place.sequence) }
end
