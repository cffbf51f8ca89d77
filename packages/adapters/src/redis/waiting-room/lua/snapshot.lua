-- What has changed in a room since a snapshot of it was taken.
--   ARGV[2]  the index up to which the snapshot has followed the log, -1 for a new snapshot
--   Answers  now, version, openedAt, used, soldOut, restoringUntil, watermark, logEnd, counter,
--            epoch, admittedTotal, waiting, parked, active, 1 when the log still reaches back that far, then the log's
--            entries from there.

if is_stale() then return stale() end
local totals = redis.call('HMGET', ROOM, 'logEnd', 'counter', 'admittedTotal')
local log_end, followed = tonumber(totals[1] or '0'), tonumber(ARGV[2])
local log_start = log_end - redis.call('LLEN', LOG)
local reaches = followed >= log_start and followed <= log_end
local reply = {
  now, room.version, room.openedAt or '', room.used or '', room.soldOut or '0', room.restoringUntil or '',
  room.watermark or '0', log_end, totals[2] or '0', room.epoch,
  totals[3] or '0', redis.call('ZCARD', WAITING), redis.call('ZCARD', PARKED) + redis.call('ZCARD', RETURNED), active_count(),
  reaches and 1 or 0,
}
if reaches then
  for _, entry in ipairs(redis.call('LRANGE', LOG, followed - log_start, -1)) do
    reply[#reply + 1] = entry
  end
end
return reply
