-- Replaces the configuration, unless the room has a newer one or is not open.
--   ARGV[2]  version
--   ARGV[3]  the configuration as JSON, for the processes
--   ARGV[4…] field, value, … for the scripts
--   Returns  1 when the room is open, 0 otherwise

--- @include configuration

if not room.epoch then return 0 end
local version, known = tonumber(ARGV[2]), tonumber(room.version or '0')
if version > known then mark_configured() end
if version >= known then write_configuration(2) end
return 1
