-- Ends this place and no later one of the same user. A room that was lost has nothing to end.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  reason
--   Answers  1 when the place ended now, 0 when there was nothing to end.

local user, sequence, reason = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local waiting = redis.call('ZSCORE', WAITING, user)
if waiting and tonumber(waiting) == sequence then
  leave_line(user, sequence)
  mark_ended(sequence, reason)
else
  local place = read_place(user)
  if not place or place.sequence ~= sequence then return 0 end
  finish(user, place, reason)
end
log('x' .. int(sequence) .. ':' .. reason)
if reason == 'COMPLETED' then redis.call('HINCRBY', ROOM, 'completedTotal', 1) end
return 1
