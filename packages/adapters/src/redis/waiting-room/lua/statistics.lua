-- How many stand where.
--   Answers  now, version, openedAt, used, soldOut, restoringUntil, waiting, parked, active, admittedTotal,
--            completedTotal, lastTickAt, then bucket, count, … of the realised waits.

if is_stale() then return stale() end
local totals = redis.call('HMGET', ROOM, 'admittedTotal', 'completedTotal', 'lastTickAt')
local reply = {
  now, room.version, room.openedAt or '', room.used or '', room.soldOut or '0', room.restoringUntil or '',
  redis.call('ZCARD', WAITING), redis.call('ZCARD', PARKED) + redis.call('ZCARD', RETURNED), active_count(),
  totals[1] or '0', totals[2] or '0', totals[3] or '',
}
for _, value in ipairs(redis.call('HGETALL', WAITS)) do
  reply[#reply + 1] = value
end
return reply
