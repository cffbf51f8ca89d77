-- Keeps the room of a server that has restarted with its data.
--   ARGV[2]  run of the server
--   Returns  1 when this run of the server has the room, 0 otherwise

--- @include room

if is_stale() then return stale() end
if string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') ~= ARGV[2] then return 0 end
redis.call('HSET', ROOM_KEY, 'runId', ARGV[2])
return 1
