-- Ends this place and no later one of the same user, and counts the seats that its payment has sold. A room that was lost
-- has nothing to end, and counts the seats again before it admits anybody.
--   ARGV[2]  user
--   ARGV[3]  sequence
--   ARGV[4]  reason
--   ARGV[5]  how many seats its payment has sold
--   Returns  1 when the place has ended by this call, 0 otherwise

--- @include admission
--- @include line
--- @include place-transitions
--- @include sold-out

if not room.epoch then return 0 end
local user, sequence, reason, sold = ARGV[2], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
-- Once per place, also where the place has ended before: a hold outlives its session.
if sold > 0 and redis.call('ZADD', PAID_KEY, 'NX', now, int(sequence)) == 1 then
  redis.call('HINCRBY', ROOM_KEY, 'soldTotal', sold)
  return_places()
  update_sold_out()
end

local waiting, kept_from = redis.call('ZSCORE', WAITING_KEY, user), nil
if waiting and tonumber(waiting) == sequence then
  leave_line(user, sequence)
  kept_from = write_end(sequence, reason, 0)
else
  local place = read_place(user)
  if not place or place.sequence ~= sequence then return 0 end
  if reason == 'LEFT' and has_slot(user, place) then give_back_allowance(sequence) end
  kept_from = end_place(user, place, reason)
end
log(LOG_CODES.ENDED .. int(sequence) .. ':' .. reason .. ':' .. int(kept_from))
if reason == 'COMPLETED' then redis.call('HINCRBY', ROOM_KEY, 'completedTotal', 1) end
return 1
