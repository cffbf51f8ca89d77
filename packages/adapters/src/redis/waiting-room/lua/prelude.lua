-- Shared by every script of a waiting room; each script's text follows this one.
--   KEYS[1]  the room's hash. Every other key is named after it and so shares its hash tag.
--   ARGV[1]  the epoch that the caller believes in; another one is refused with STALE_EPOCH.
-- All time is this server's clock in ms. A sequence has up to 16 digits: format it with int(), never with tostring().

local ROOM = KEYS[1]
local WAITING = ROOM .. ':waiting' -- zset user -> sequence
local RETURNED = ROOM .. ':returned' -- zset user -> sequence: outside position, admitted by sequence all the same
local PARKED = ROOM .. ':parked' -- zset user -> until when a return is let in first
local ACTIVE = ROOM .. ':active' -- zset user -> end of the claim window or of the session
local PLACE = ROOM .. ':place' -- hash user -> place, for everyone who is not waiting
local ENDED = ROOM .. ':ended' -- zset sequence -> moment of the end * 4 + reason
local ARRIVALS = ROOM .. ':arrivals' -- zset moment -> first sequence drawn in its bucket
local GONE = ROOM .. ':gone' -- zset sequence -> itself: left the waiting line unadmitted, above the watermark
local WAITS = ROOM .. ':waits' -- hash bucket -> how many waited so long (domain/wait-histogram.ts)
local LOG = ROOM .. ':log' -- list of the changes that snapshots of the room follow; its last index is in logEnd

local EPOCH_SPAN = 1099511627776
local ARRIVAL_BUCKET_MS = 250
local ENDED_RETENTION_MS = 600000
local LOG_MAX = 20000
local REASONS = { COMPLETED = 0, LEFT = 1, EXPIRED = 2 }
local REASON_OF = { [0] = 'COMPLETED', [1] = 'LEFT', [2] = 'EXPIRED' }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function int(n)
  return string.format('%.0f', n)
end

local FIELDS = {
  'epoch', 'version', 'state', 'batchSize', 'intervalMs', 'shape', 'maxActive', 'sellableFactor', 'sessionTtlMs',
  'claimTtlMs', 'parkRetentionMs', 'windows', 'openedAt', 'used', 'soldOut', 'restoringUntil', 'watermark',
  'sellable', 'holders', 'countedAt', 'lastArrivalAt',
}
local room = {}
for i, value in ipairs(redis.call('HMGET', ROOM, unpack(FIELDS))) do
  room[FIELDS[i]] = value
end

local function number(field)
  return tonumber(room[field] or nil)
end

local function is_stale()
  return room.epoch ~= ARGV[1]
end

local function stale()
  return redis.error_reply('STALE_EPOCH the room has another epoch')
end

-- A place: sequence, moment of issue (0 when not yet known), session length, session end (0 before the claim), and
-- O offered, A active, P parked, R returned.
local function read_place(user)
  local packed = redis.call('HGET', PLACE, user)
  if not packed then return nil end
  local sequence, issued, ttl, ends, state = string.match(packed, '^(%d+):(%d+):(%d+):(%d+):(%u)$')
  return {
    sequence = tonumber(sequence), issuedAt = tonumber(issued), ttl = tonumber(ttl), ends = tonumber(ends), state = state,
  }
end

local function pack_place(place)
  return int(place.sequence) .. ':' .. int(place.issuedAt) .. ':' .. int(place.ttl) .. ':' .. int(place.ends) .. ':' ..
    place.state
end

local function write_place(user, place)
  redis.call('HSET', PLACE, user, pack_place(place))
end

local function issued_at(sequence)
  return tonumber(redis.call('ZREVRANGEBYSCORE', ARRIVALS, int(sequence), '-inf', 'LIMIT', 0, 1)[1]) or now
end

local function mark_ended(sequence, reason)
  redis.call('ZADD', ENDED, now * 4 + REASONS[reason], int(sequence))
end

-- Tells snapshots of the room: '-sequence' left the waiting line, '+sequence' came back to it,
-- 'xsequence:reason' ended before its time.
local function log(entry)
  redis.call('HINCRBY', ROOM, 'logEnd', 1)
  if redis.call('RPUSH', LOG, entry) > LOG_MAX then redis.call('LTRIM', LOG, LOG_MAX / 2, -1) end
end

-- Takes a user out of the waiting line other than by admission.
local function leave_line(user, sequence)
  redis.call('ZREM', WAITING, user)
  redis.call('ZADD', GONE, int(sequence), int(sequence))
  log('-' .. int(sequence))
end

-- Moves the watermark, below which nobody waits in line, up to an admitted sequence.
local function raise_watermark(sequence)
  if sequence <= (number('watermark') or 0) then return end
  room.watermark = int(sequence)
  redis.call('HSET', ROOM, 'watermark', room.watermark)
  redis.call('ZREMRANGEBYSCORE', GONE, '-inf', int(sequence))
end

-- Ends a place that is not waiting.
local function finish(user, place, reason)
  redis.call('ZREM', ACTIVE, user)
  redis.call('ZREM', PARKED, user)
  redis.call('ZREM', RETURNED, user)
  redis.call('HDEL', PLACE, user)
  mark_ended(place.sequence, reason)
end

-- The retention runs from the end of the claim window, however late somebody notices.
local function park(user, place)
  local until_ = redis.call('ZSCORE', ACTIVE, user) + number('parkRetentionMs')
  redis.call('ZREM', ACTIVE, user)
  redis.call('ZADD', PARKED, int(until_), user)
  place.state = 'P'
  write_place(user, place)
end

-- Remembers when the present configuration arrived, by time and by counter, for the audit.
local function mark_configured()
  local counter = redis.call('HGET', ROOM, 'counter') or '0'
  redis.call('HSET', ROOM, 'configuredAt', int(now), 'configuredCounter', counter)
end

local function wait_bucket(ms)
  if ms < 1000 then return 0 end
  return 1 + math.floor(math.log(ms / 1000) / math.log(1.2))
end

local function claim(user, place)
  redis.call('HINCRBY', WAITS, wait_bucket(now - place.issuedAt), 1)
  place.ends = now + place.ttl
  place.state = 'A'
  write_place(user, place)
  redis.call('ZADD', ACTIVE, place.ends, user)
end

local function bring_back(user, place)
  redis.call('ZREM', PARKED, user)
  redis.call('ZADD', RETURNED, int(place.sequence), user)
  place.state = 'R'
  write_place(user, place)
end

-- What becomes of a place that is not waiting when its fan shows up: the place, or nil when it is over.
local function show_up(user, place)
  if place.state == 'O' then
    if redis.call('ZSCORE', ACTIVE, user) + 0 > now then claim(user, place) else park(user, place) end
  elseif place.state == 'A' and place.ends <= now then
    finish(user, place, 'EXPIRED')
    return nil
  end
  if place.state == 'P' then
    if redis.call('ZSCORE', PARKED, user) + 0 <= now then
      finish(user, place, 'EXPIRED')
      return nil
    end
    bring_back(user, place)
  end
  return place
end

local function is_bookable()
  for starts, ends in string.gmatch(room.windows or '', '(%d+)-(%d+)') do
    if tonumber(starts) <= now and now < tonumber(ends) then return true end
  end
  return false
end

local function active_count()
  return redis.call('ZCOUNT', ACTIVE, '(' .. int(now), '+inf')
end

-- How many the present window may still admit now, opening the next window when its time has come.
local function admissible()
  if room.state ~= 'RUNNING' or room.soldOut == '1' or now < (number('restoringUntil') or 0) or not is_bookable() then
    return 0
  end
  local interval, batch = number('intervalMs'), number('batchSize')
  if not room.openedAt or now >= number('openedAt') + interval then
    room.openedAt, room.used = int(now), '0'
  end
  local given = batch
  if room.shape == 'smooth' then
    local step = math.min(20, math.floor((now - number('openedAt')) * 20 / interval) + 1)
    given = math.ceil(batch * step / 20)
  end
  local left = given - number('used')
  local factor, cap = number('sellableFactor'), number('maxActive')
  if cap then left = math.min(left, cap - active_count()) end
  if factor then
    if not room.countedAt or now - number('countedAt') > 2 * interval then return 0 end
    local without_hold = active_count() - number('holders')
    left = math.min(left, math.ceil(factor * number('sellable')) - without_hold)
  end
  return math.max(0, left)
end

local function use_window(admitted)
  room.used = int(number('used') + admitted)
  redis.call('HSET', ROOM, 'openedAt', room.openedAt, 'used', room.used)
  redis.call('HINCRBY', ROOM, 'admittedTotal', admitted)
end

-- The reply of a script that tells where a place stands: what the room is at, in six fields, then the place.
local ROOM_FIELDS = 6
local function standing(created, status, sequence, issued, position, parked, session_ends)
  return {
    now, room.version, room.openedAt or '', room.used or '', room.soldOut or '0', room.restoringUntil or '',
    created and 1 or 0, status, int(sequence), issued, position, parked and 1 or 0, session_ends,
  }
end

local function standing_of(created, user, place)
  if place.state == 'A' then return standing(created, 'ACTIVE', place.sequence, place.issuedAt, 0, false, place.ends) end
  return standing(created, 'WAITING', place.sequence, place.issuedAt, 0, true, 0)
end
