-- The room's own fields. Every script but adopt, configure, end, inspect, open and remove refuses a caller with another
-- epoch, and a room that this server has not been proven to have whole (room-proofs.ts).
--   ARGV[1]  the epoch that the caller knows

--- @include clock

-- A sequence has up to 16 digits, which tostring() would round.
local function int(number)
  return string.format('%.0f', number)
end

-- A field that the room does not have is nil.
local function read_fields(names)
  local fields = {}
  for index, value in ipairs(redis.call('HMGET', ROOM_KEY, unpack(names))) do
    fields[names[index]] = value or nil
  end
  return fields
end

local room = read_fields({
  'epoch', 'version', 'openedAt', 'used', 'soldOutFrom', 'soldOutUntil', 'restoringUntil', 'watermark',
  'lastArrivalAt', 'seatsReturned', 'history',
})

-- The name of the writes that this server makes as a primary. A restart and a promotion begin another history.
local function server_history()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
end

local function is_stale()
  return room.epoch ~= ARGV[1] or room.history ~= server_history()
end

local function stale()
  return redis.error_reply(STALE_EPOCH .. ' the room has another epoch, or comes from another server')
end
