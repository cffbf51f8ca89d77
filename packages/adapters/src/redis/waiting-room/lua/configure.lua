-- Takes over a configuration unless the room knows a newer one, or is not open.
--   ARGV[2]  version
--   ARGV[3]  the configuration as JSON, for those who read it
--   ARGV[4…] field, value, … for the scripts
--   Answers  1 when the room is open.

if not room.epoch then return 0 end
local known = number('version') or 0
if tonumber(ARGV[2]) > known then mark_configured() end
if tonumber(ARGV[2]) >= known then
  redis.call('HSET', ROOM, 'version', ARGV[2], 'config', ARGV[3], unpack(ARGV, 4))
end
return 1
