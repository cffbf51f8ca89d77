-- Removes a room that is over with every key that it has, unless it has been opened again under another epoch.
--   Returns  1 when the room has been removed by this call, 0 otherwise

--- @include room

if room.epoch ~= ARGV[1] then return 0 end
redis.call('DEL', unpack(KEYS))
return 1
