-- Gives each user a place, or checks in the fan of the place that the user has. Users join in the order of ARGV.
--   ARGV[2…]  users
--   The status is OVER for a user whose place is over by time and has not been ended yet.
--   The place of each user is one text with spaces between its values, because a client pays for every reply value.

--- @include admission
--- @include arrivals
--- @include place-transitions
--- @include counts
--- @include line
--- @include reply

if is_stale() then return stale() end

-- Joins within this time share the moment of issue, so that the arrivals take little memory.
local ARRIVAL_BUCKET_MS = 250

local function arrival_at(sequence)
  local last = tonumber(room.lastArrivalAt)
  if last and last <= now and now - last < ARRIVAL_BUCKET_MS then return last end
  room.lastArrivalAt = int(now)
  redis.call('ZADD', ARRIVALS_KEY, int(sequence), room.lastArrivalAt)
  redis.call('HSET', ROOM_KEY, 'lastArrivalAt', room.lastArrivalAt)
  return now
end

-- How many places may be admitted without overtaking any.
local function admissible_at_once()
  local counts = count_places()
  return counts.parked == 0 and admissible(counts.active) or 0
end

local function join_line(user)
  local sequence = room.epoch * COUNTERS_PER_EPOCH + redis.call('HINCRBY', ROOM_KEY, 'counter', 1)
  local issued = arrival_at(sequence)
  local ahead = redis.call('ZCARD', WAITING_KEY)
  if ahead == 0 and admissible_at_once() > 0 then
    use_allowance(1)
    raise_watermark(sequence)
    local place = { sequence = sequence, issuedAt = issued, sessionTtlMs = read_policy().sessionTtlMs }
    claim(user, place)
    return checked_in_status(place), issued
  end
  redis.call('ZADD', WAITING_KEY, int(sequence), user)
  return { status = 'WAITING', sequence = int(sequence), position = ahead + 1 }, issued
end

local function join(user)
  local waiting = redis.call('ZSCORE', WAITING_KEY, user)
  if waiting then return waiting_status(user, waiting), issued_at(waiting) end
  local place = read_place(user)
  if place then
    local checked_in = check_in(user, place)
    if not checked_in then return { status = 'OVER', sequence = int(place.sequence) }, place.issuedAt end
    return checked_in_status(checked_in), place.issuedAt
  end
  local joined, issued = join_line(user)
  joined.created = true
  return joined, issued
end

local places = {}
for index = 2, #ARGV do
  local joined, issued = join(ARGV[index])
  joined.issuedAt = issued
  places[#places + 1] = table.concat(in_order(PLACE_REPLY, joined), ' ')
end
return reply_with_room({ places = places })
