-- Begins a count of the seats, before it reads the database.

--- @include reply

if is_stale() then return stale() end
local number = room.epoch * COUNTERS_PER_EPOCH + redis.call('HINCRBY', ROOM_KEY, 'countsBegun', 1)
local sold = redis.call('HGET', ROOM_KEY, 'soldTotal') or '0'
return in_order(REPLY, { number = int(number), countedAt = now, soldBefore = sold })
