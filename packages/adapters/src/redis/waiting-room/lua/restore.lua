-- Restores a place that the room has lost, by the rules of packages/domain/src/waiting-room/restore.ts.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  moment of issue
--   ARGV[5]  end of the session, from the ticket, or 0
--   The status is UNKNOWN where the user has an older place, or a newer one with a session.

--- @include place-transitions
--- @include line
--- @include reply

if is_stale() then return stale() end
local user, sequence, issued, expires = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local waiting = redis.call('ZSCORE', WAITING_KEY, user)
local place = read_place(user)
local present = tonumber(waiting or nil) or (place and place.sequence)
if present and present ~= sequence and (present < sequence or (place and has_session(place))) then
  return reply_with_room({ status = 'UNKNOWN' })
end
if expires > 0 and expires <= now then return reply_with_room({ status = 'EXPIRED' }) end
if expires == 0 and present == sequence then
  if waiting then return reply_with_room(waiting_status(user, waiting)) end
  place = check_in(user, place)
  return reply_with_room(place and checked_in_status(place) or { status = 'EXPIRED' })
end

local watermark = tonumber(redis.call('HGET', ROOM_KEY, 'watermarkAtLoss') or '0')
local restoring_until = tonumber(room.restoringUntil or '0')
local is_restoring = now < restoring_until
if expires == 0 and not is_restoring then
  local retention = tonumber(redis.call('HGET', ROOM_KEY, 'parkRetentionMs'))
  local is_open = room.restoringUntil and now < restoring_until + retention
  if not is_open or sequence <= watermark then return reply_with_room({ status = 'EXPIRED' }) end
end

if waiting then leave_line(user, tonumber(waiting)) end
remove_place(user)

if expires == 0 and is_restoring and sequence > watermark then
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
