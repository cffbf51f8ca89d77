-- Notes that a process is about to raise the epoch, to open the room on this server.
--   ARGV[2]  the epoch that the database has, 0 for a room that was never opened
--   Returns  1

--- @include room

local history = server_history()
if redis.call('HGET', ROOM_KEY, 'opening') ~= history then
  redis.call('HSET', ROOM_KEY, 'opening', history, 'openingFrom', ARGV[2])
end
return 1
