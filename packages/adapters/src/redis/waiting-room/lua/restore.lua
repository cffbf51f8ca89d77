-- Restores a place that the room has lost, by the rules of packages/domain/src/waiting-room/restore.ts.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  moment of issue
--   ARGV[5]  end of the session, from the ticket, or 0
--   ARGV[6]  sequence of the user's newer place, when the database has its end, or 0
--   The status is OVER for a place that is not restored, and REPLACES, with the sequence of the newer place, for one that
--   is restored once the database has the end of that place.

--- @include place-transitions
--- @include line
--- @include reply

if is_stale() then return stale() end
local user, sequence, issued = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local expires, ended = tonumber(ARGV[5]), tonumber(ARGV[6])

local waiting = redis.call('ZSCORE', WAITING_KEY, user)
local place = read_place(user)
local present = tonumber(waiting or nil) or (place and place.sequence)

local function may_restore()
  if present and present < sequence then return false end
  if present and present > sequence and present ~= ended and place and has_session(place) then return false end
  if expires > 0 then return expires > now end
  local restoring_until = tonumber(room.restoringUntil or '0')
  if now < restoring_until then return true end
  local fields = read_fields({ 'parkRetentionMs', 'watermarkAtLoss' })
  return sequence > tonumber(fields.watermarkAtLoss or '0') and now < restoring_until + tonumber(fields.parkRetentionMs)
end

if expires == 0 and present == sequence then
  if waiting then return reply_with_room(waiting_status(user, waiting)) end
  place = check_in(user, place)
  return reply_with_room(place and checked_in_status(place) or { status = 'OVER' })
end
if not may_restore() then return reply_with_room({ status = 'OVER' }) end
if present and present > sequence and present ~= ended then
  return reply_with_room({ status = 'REPLACES', newer = int(present) })
end

if waiting then leave_line(user, tonumber(waiting)) end
remove_place(user)
if present and present > sequence then write_end(present, 'EXPIRED', 0) end

local watermark = tonumber(redis.call('HGET', ROOM_KEY, 'watermarkAtLoss') or '0')
if expires == 0 and now < tonumber(room.restoringUntil or '0') and sequence > watermark then
  redis.call('ZADD', WAITING_KEY, int(sequence), user)
  log(LOG_CODES.RESTORED_TO_LINE .. int(sequence))
  return reply_with_room(waiting_status(user, int(sequence)))
end
place = { sequence = sequence, issuedAt = issued, sessionTtlMs = 0, sessionExpiresAt = expires, state = ACTIVE }
if expires > 0 then
  redis.call('ZADD', ACTIVE_KEY, int(expires), user)
else
  place.state = RETURNED
  redis.call('ZADD', RETURNED_KEY, int(sequence), user)
end
write_place(user, place)
return reply_with_room(checked_in_status(place))
