-- The room's configuration: its version, the JSON that processes read, and the fields that scripts read.

--- @include room

-- Writes version, JSON, field, value, … from ARGV[first] on.
local function write_configuration(first)
  redis.call('HSET', ROOM_KEY, 'version', ARGV[first], 'config', ARGV[first + 1], unpack(ARGV, first + 2))
end

-- Remembers when the present configuration arrived, by time and by counter, for the audit.
local function mark_configured()
  local counter = redis.call('HGET', ROOM_KEY, 'counter') or '0'
  redis.call('HSET', ROOM_KEY, 'configuredAt', int(now), 'configuredCounter', counter)
end
