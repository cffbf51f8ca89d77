-- Opens a room under a new epoch, keeping whoever is still in it.
--   ARGV[1]  the new epoch
--   ARGV[2]  how long nobody is admitted while the waiting return, 0 for a room never opened before
--   ARGV[3]  version of the configuration
--   ARGV[4]  the configuration as JSON
--   ARGV[5…] field, value, … of it for the scripts
--   Answers  the epoch that the room now has.

if not room.epoch or tonumber(room.epoch) < tonumber(ARGV[1]) then
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
  redis.call('HSET', ROOM, 'epoch', ARGV[1], 'counter', 0, 'runId', run)
  redis.call('HSET', ROOM, 'version', ARGV[3], 'config', ARGV[4], unpack(ARGV, 5))
  redis.call('HDEL', ROOM, 'lastArrivalAt')
  if ARGV[2] ~= '0' then redis.call('HSET', ROOM, 'restoringUntil', int(now + ARGV[2])) end
  return ARGV[1]
end
return room.epoch
