-- What has changed in the room since a snapshot of it was taken. Writes nothing.
--   ARGV[2]  the index up to which the snapshot has followed the log, -1 for a new snapshot
--   `reaches` is set when the log reaches back that far; otherwise `changes` is empty.

--- @include counts
--- @include reply

if is_stale() then return stale() end
local totals = read_fields({ 'logEnd', 'counter', 'admittedTotal', 'dates', 'soldBefore', 'soldTotal' })
local log_end, followed = tonumber(totals.logEnd or '0'), tonumber(ARGV[2])
local log_start = log_end - redis.call('LLEN', LOG_KEY)
local reaches = followed >= log_start and followed <= log_end

local reply = count_places()
reply.epoch, reply.watermark, reply.counter = room.epoch, room.watermark or 0, totals.counter or 0
reply.admittedTotal, reply.logEnd, reply.reaches = totals.admittedTotal or 0, log_end, reaches
reply.dates, reply.soldBefore, reply.soldTotal = totals.dates, totals.soldBefore or 0, totals.soldTotal or 0
reply.changes = reaches and redis.call('LRANGE', LOG_KEY, followed - log_start, -1) or {}
return reply_with_room(reply)
