-- The changes that snapshots of the room follow, each a code and a sequence (room-log.ts). `logEnd` is the last index.

--- @include room

local LOG_MAX = 20000

local function log(change)
  redis.call('HINCRBY', ROOM_KEY, 'logEnd', 1)
  if redis.call('RPUSH', LOG_KEY, change) > LOG_MAX then redis.call('LTRIM', LOG_KEY, LOG_MAX / 2, -1) end
end
