-- Ends this place and no later one of the same user. A room that was lost has nothing to end.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  reason
--   Answers  1 when the place has ended by this call, 0 otherwise

--- @include admission
--- @include line
--- @include place

local user, sequence, reason = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local waiting = redis.call('ZSCORE', WAITING_KEY, user)
if waiting and tonumber(waiting) == sequence then
  leave_line(user, sequence)
  write_end(sequence, reason)
else
  local place = read_place(user)
  if not place or place.sequence ~= sequence then return 0 end
  if reason == 'LEFT' and has_slot(user, place) then give_back_allowance(sequence) end
  end_place(user, place, reason)
end
log(LOG_CODES.ENDED .. int(sequence) .. ':' .. reason)
if reason == 'COMPLETED' then redis.call('HINCRBY', ROOM_KEY, 'completedTotal', 1) end
return 1
