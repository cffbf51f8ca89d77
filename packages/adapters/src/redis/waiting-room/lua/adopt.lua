-- Keeps a room that comes from another server, or from an earlier run of this one, with every write that it had.
--   ARGV[2]  the history that the room had when this was proven, empty for a room that names none
--   ARGV[3]  the history of this server then
--   Returns  1 when this call has kept the room, 0 otherwise

--- @include owner

if room.epoch ~= ARGV[1] or (room.history or '') ~= ARGV[2] or server_history() ~= ARGV[3] then return 0 end
write_owner()
return 1
