-- What the server has of a room, and what it says of itself. A replica refuses.
--   `openedBy` and `history` are the run and the history of the server that is known to have the whole room. `seenAt` is
--   the last moment at which that server certainly wrote to it. `replicas` has host and port of this server's replicas.
--   `isAlone`: that server had no replica.
--   `isOpening`: another process is opening the room on this server. `isFirstOpening`: and it was never open.

--- @include owner
--- @include reply

local replication = redis.call('INFO', 'replication')
if not string.find(replication, 'role:master', 1, true) then return redis.error_reply('READONLY this is a replica') end

local replicas = {}
for host, port in string.gmatch(replication, 'slave%d+:ip=([^,]+),port=(%d+)') do
  replicas[#replicas + 1] = host .. ' ' .. port
end

local history = server_history()
local noted = read_fields({ 'runId', 'isAlone', 'provenAt', 'lastTickAt', 'opening', 'openingFrom' })
local is_opening = noted.opening == history
return in_order(REPLY, {
  now = now, lastTickAt = noted.lastTickAt, watermark = room.watermark, epoch = room.epoch,
  openedBy = noted.runId, isAlone = noted.isAlone, history = room.history,
  seenAt = int(math.max(tonumber(noted.provenAt or '0'), tonumber(noted.lastTickAt or '0'))),
  server = server_run(), serverHistory = history, formerHistory = string.match(replication, 'master_replid2:(%w+)'),
  replicas = table.concat(replicas, ','), isOpening = is_opening,
  isFirstOpening = is_opening and not room.epoch and noted.openingFrom == '0',
})
