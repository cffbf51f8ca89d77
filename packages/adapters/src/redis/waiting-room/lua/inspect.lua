-- What the server remembers of a room, and which run of the server this is.
--   ARGV[2]  1 when the database says that the room was never opened

--- @include reply

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
-- Several processes may open a new room at the same time. The one that finds the epoch raised and the room not open yet
-- must not take that for a loss.
if not room.epoch and ARGV[2] == '1' then redis.call('HSET', ROOM_KEY, 'firstOpening', run) end
local is_first = not room.epoch and redis.call('HGET', ROOM_KEY, 'firstOpening') == run
return in_order(REPLY, {
  now = now, lastTickAt = redis.call('HGET', ROOM_KEY, 'lastTickAt'), watermark = room.watermark,
  epoch = room.epoch, openedBy = redis.call('HGET', ROOM_KEY, 'runId'), server = run, isFirstOpening = is_first,
})
