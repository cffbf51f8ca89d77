-- Ends these places and no later ones of the same users, and counts the seats that their payments have sold. A room that
-- was lost has nothing to end, and counts the seats again before it admits anybody.
--   ARGV[2…]  user, sequence, reason, how many seats the payment has sold, …
--   Returns   one text with a digit for each place: 1 when it has ended by this call, 0 otherwise

--- @include admission
--- @include line
--- @include place-transitions
--- @include sold-out

local function report_sold(sequence, seats)
  -- Once per place, also where the place has ended before: a hold outlives its session.
  if seats == 0 or redis.call('ZADD', PAID_KEY, 'NX', now, int(sequence)) == 0 then return end
  redis.call('HINCRBY', ROOM_KEY, 'soldTotal', seats)
  return_places()
  update_sold_out()
end

local function end_by(user, sequence, reason)
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
end

local ended = {}
for index = 2, #ARGV, 4 do
  local user, sequence, reason, seats = ARGV[index], tonumber(ARGV[index + 1]), ARGV[index + 2], tonumber(ARGV[index + 3])
  if room.epoch then report_sold(sequence, seats) end
  ended[#ended + 1] = room.epoch and end_by(user, sequence, reason) or 0
end
return table.concat(ended)
