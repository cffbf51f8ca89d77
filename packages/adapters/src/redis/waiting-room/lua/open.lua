-- Opens a room under a new epoch, keeping whoever is still in it.
--   ARGV[1]  the new epoch
--   ARGV[2]  how long nobody is admitted while the waiting return, 0 for a room never opened before
--   ARGV[3]  the admission watermark as the database last heard of it
--   ARGV[4]  version of the configuration
--   ARGV[5]  the configuration as JSON
--   ARGV[6…] field, value, … of it for the scripts
--   Answers  the epoch that the room now has.

if not room.epoch or tonumber(room.epoch) < tonumber(ARGV[1]) then
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
  redis.call('HSET', ROOM, 'epoch', ARGV[1], 'counter', 0, 'runId', run)
  redis.call('HSET', ROOM, 'version', ARGV[4], 'config', ARGV[5], unpack(ARGV, 6))
  mark_configured()
  redis.call('HDEL', ROOM, 'lastArrivalAt', 'firstOpening')
  raise_watermark(tonumber(ARGV[3]))
  if ARGV[2] ~= '0' then redis.call('HSET', ROOM, 'restoringUntil', int(now + ARGV[2])) end
  return ARGV[1]
end
return room.epoch
