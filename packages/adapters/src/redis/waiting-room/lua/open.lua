-- Opens a room under a new epoch. Places that are still in it stay.
--   ARGV[2]  the new epoch
--   ARGV[3]  for how many ms nobody is admitted while places are restored, 0 for a room that was never open
--   ARGV[4]  the watermark that the database knows
--   ARGV[5]  version of the configuration
--   ARGV[6]  the configuration as JSON, for the processes
--   ARGV[7…] field, value, … for the scripts
--   Returns  the room's epoch

--- @include configuration
--- @include line
--- @include owner

local epoch, grace, watermark = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
if room.epoch and tonumber(room.epoch) >= tonumber(epoch) then return room.epoch end

redis.call('HSET', ROOM_KEY, 'epoch', epoch, 'counter', 0)
write_owner()
write_configuration(5)
mark_configured()
redis.call('HDEL', ROOM_KEY, 'lastArrivalAt', 'opening', 'openingFrom')
raise_watermark(watermark)
if grace > 0 then
  redis.call('HSET', ROOM_KEY, 'restoringUntil', int(now + grace), 'watermarkAtLoss', room.watermark or '0')
end
return epoch
