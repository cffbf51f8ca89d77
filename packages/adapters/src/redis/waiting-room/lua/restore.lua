-- Gives a ticket of an earlier epoch its place back, after the room has lost it.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  moment of issue
--   ARGV[5]  end of the session that the ticket carries, 0 for none
--   Answers  a standing; UNKNOWN where the user has an older place, or one that is in use.

if is_stale() then return stale() end
local user, sequence, issued, ends = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

-- Of two places of one user the older wins, but nobody is put out of a session.
local waiting = tonumber(redis.call('ZSCORE', WAITING, user) or nil)
local place = read_place(user)
local other = waiting or (place and place.sequence)
local is_busy = place and place.state == 'A' and place.ends > now
if other and (other < sequence or (other > sequence and is_busy)) then
  return standing(false, 'UNKNOWN', sequence, issued, 0, false, 0)
end
if ends > 0 and ends <= now then return standing(false, 'EXPIRED', sequence, issued, 0, false, 0) end
if ends == 0 and other == sequence then
  if place then return standing_of(false, user, place) end
  return standing(false, 'WAITING', sequence, issued, redis.call('ZRANK', WAITING, user) + 1, false, 0)
end

if waiting then leave_line(user, waiting) end
redis.call('ZREM', ACTIVE, user)
redis.call('ZREM', PARKED, user)
redis.call('ZREM', RETURNED, user)
redis.call('HDEL', PLACE, user)

if ends == 0 and now < (number('restoringUntil') or 0) and sequence > (number('watermark') or 0) then
  redis.call('ZADD', WAITING, int(sequence), user)
  log('+' .. int(sequence))
  return standing(false, 'WAITING', sequence, issued, redis.call('ZRANK', WAITING, user) + 1, false, 0)
end
place = { sequence = sequence, issuedAt = issued, ttl = number('sessionTtlMs'), ends = ends, state = 'A' }
if ends > 0 then
  redis.call('ZADD', ACTIVE, int(ends), user)
else
  place.state = 'R'
  redis.call('ZADD', RETURNED, int(sequence), user)
end
write_place(user, place)
return standing_of(false, user, place)
