-- How many places are where, and the totals since the room was opened. Writes nothing.

--- @include counts
--- @include reply

if is_stale() then return stale() end
local totals = read_fields({ 'admittedTotal', 'completedTotal', 'lastTickAt' })
local reply = count_places()
reply.admittedTotal, reply.completedTotal = totals.admittedTotal or 0, totals.completedTotal or 0
reply.lastTickAt, reply.epoch = totals.lastTickAt, room.epoch
reply.waits = redis.call('HGETALL', WAITS_KEY)
return reply_with_room(reply)
