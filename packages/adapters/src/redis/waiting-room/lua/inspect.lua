-- What the server remembers of a room, and which run of the server this is.
--   ARGV[2]  1 when the database says that the room was never opened
--   Answers  epoch or '', run id under which the room was opened or '', run id now,
--            1 when the room is being opened for the first time: there is nothing that it could have lost.

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
-- Several processes may open a room at once; one that comes when another has raised the epoch already, but not yet
-- opened the room, must not take that for a loss.
if not room.epoch and ARGV[2] == '1' then redis.call('HSET', ROOM, 'firstOpening', run) end
local is_first = not room.epoch and redis.call('HGET', ROOM, 'firstOpening') == run
return { room.epoch or '', redis.call('HGET', ROOM, 'runId') or '', run, is_first and 1 or 0 }
