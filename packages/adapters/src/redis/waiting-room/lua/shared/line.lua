-- The waiting line: the places that wait for their first admission.

--- @include log

-- Takes a place out of the line in another way than by admission.
local function leave_line(user, sequence)
  redis.call('ZREM', WAITING_KEY, user)
  redis.call('ZADD', LEFT_LINE_KEY, int(sequence), int(sequence))
  log(LOG_CODES.LEFT_LINE .. int(sequence))
end

-- Nobody at or below the watermark is in the line.
local function raise_watermark(sequence)
  if sequence <= tonumber(room.watermark or '0') then return end
  room.watermark = int(sequence)
  redis.call('HSET', ROOM_KEY, 'watermark', room.watermark)
  redis.call('ZREMRANGEBYSCORE', LEFT_LINE_KEY, '-inf', room.watermark)
end

local function waiting_status(user, sequence)
  return { status = 'WAITING', sequence = sequence, position = redis.call('ZRANK', WAITING_KEY, user) + 1 }
end
