-- The room's own fields. Every script but end, configure, inspect and open refuses a caller with another epoch.
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
  'lastArrivalAt', 'seatsReturned',
})

local function is_stale()
  return room.epoch ~= ARGV[1]
end

local function stale()
  return redis.error_reply(STALE_EPOCH .. ' the room has another epoch')
end
