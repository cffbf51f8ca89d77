-- Replies by name. room-replies.ts lists the names of each script's reply in REPLY, in the order of their values.

--- @include sold-out

-- An absent value and a flag that is not set are '', a flag that is set is 1. Fills and returns `ordered`, or a new table.
local function in_order(names, values, ordered)
  ordered = ordered or {}
  for index = 1, #names do
    local value = values[names[index]]
    if value == true then value = 1 end
    ordered[index] = value or ''
  end
  return ordered
end

local function reply_with_room(values)
  values.now, values.version = now, room.version
  values.openedAt, values.used = room.openedAt, room.used
  values.soldOut, values.restoringUntil = is_sold_out(), room.restoringUntil
  values.seatsReturned = room.seatsReturned
  return in_order(REPLY, values)
end
