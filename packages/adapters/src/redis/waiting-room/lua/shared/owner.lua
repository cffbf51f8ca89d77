-- The server that is known to have every write of the room.

--- @include room

local function server_run()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end

-- A server has a backlog from its first replica on, and then another history too.
local function write_owner()
  local has_replicas = string.find(redis.call('INFO', 'replication'), 'repl_backlog_active:1', 1, true)
  redis.call(
    'HSET', ROOM_KEY, 'runId', server_run(), 'history', server_history(), 'provenAt', int(now),
    'isAlone', has_replicas and 0 or 1
  )
end
