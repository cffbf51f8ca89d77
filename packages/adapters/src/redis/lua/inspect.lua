-- What the server remembers of a room, and which run of the server this is.
--   Answers  epoch or '', run id under which the room was opened or '', run id now.

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
return { room.epoch or '', redis.call('HGET', ROOM, 'runId') or '', run }
