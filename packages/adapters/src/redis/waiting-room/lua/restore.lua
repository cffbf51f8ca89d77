-- Restores places that the room has lost, by the rules of packages/domain/src/waiting-room/restore.ts.
--   ARGV[2…]  user, sequence, moment of issue, end of the session from the ticket or 0, and sequence of the user's newer
--             place, when the database has its end, or 0, …
--   The status is OVER for a place that is not restored, and REPLACES, with the sequence of the newer place, for one that
--   is restored once the database has the end of that place.

--- @include place-transitions
--- @include line
--- @include place-replies

if is_stale() then return stale() end

local restoring_until = tonumber(room.restoringUntil or '0')
local fields = read_fields({ 'parkRetentionMs', 'watermarkAtLoss' })
local watermark = tonumber(fields.watermarkAtLoss or '0')

-- `present` is the sequence of the user's place. `may_replace` is set when the database has its end.
local function may_restore(sequence, expires, place, present, may_replace)
  if present and present < sequence then return false end
  if present and present > sequence and not may_replace and place and has_session(place) then return false end
  if expires > 0 then return expires > now end
  if now < restoring_until then return true end
  return sequence > watermark and now < restoring_until + tonumber(fields.parkRetentionMs)
end

local function write_restored(user, sequence, issued, expires)
  if expires == 0 and now < restoring_until and sequence > watermark then
    redis.call('ZADD', WAITING_KEY, int(sequence), user)
    log(LOG_CODES.RESTORED_TO_LINE .. int(sequence))
    return waiting_status(user, int(sequence))
  end
  local place = { sequence = sequence, issuedAt = issued, sessionTtlMs = 0, sessionExpiresAt = expires, state = ACTIVE }
  if expires > 0 then
    redis.call('ZADD', ACTIVE_KEY, int(expires), user)
  else
    place.state = RETURNED
    redis.call('ZADD', RETURNED_KEY, int(sequence), user)
  end
  write_place(user, place)
  return checked_in_status(place)
end

local function restore(user, sequence, issued, expires, ended)
  local waiting, place = redis.call('ZSCORE', WAITING_KEY, user), read_place(user)
  local present = tonumber(waiting or nil) or (place and place.sequence)
  if expires == 0 and present == sequence then
    if waiting then return waiting_status(user, waiting) end
    place = check_in(user, place)
    return place and checked_in_status(place) or { status = 'OVER' }
  end
  local may_replace = present == ended
  if not may_restore(sequence, expires, place, present, may_replace) then return { status = 'OVER' } end
  local is_newer = present and present > sequence
  if is_newer and not may_replace then return { status = 'REPLACES', sequence = int(present) } end

  if waiting then leave_line(user, tonumber(waiting)) end
  remove_place(user)
  if is_newer then write_end(present, 'EXPIRED', 0) end
  return write_restored(user, sequence, issued, expires)
end

local replies = {}
for index = 2, #ARGV, 5 do
  local sequence, issued = tonumber(ARGV[index + 1]), tonumber(ARGV[index + 2])
  local place = restore(ARGV[index], sequence, issued, tonumber(ARGV[index + 3]), tonumber(ARGV[index + 4]))
  replies[#replies + 1] = pack_reply(place)
end
return reply_with_places(replies)
