-- The server that is known to have every write of the room.

--- @include room

local function server_run()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end

local function write_owner()
  redis.call('HSET', ROOM_KEY, 'runId', server_run(), 'history', server_history(), 'provenAt', int(now))
end
