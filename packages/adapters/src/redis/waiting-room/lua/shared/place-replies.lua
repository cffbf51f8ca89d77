-- The reply of a script that serves several fans: the room, and the place of each fan.

--- @include reply

-- One text for each place and one for all of them, because a client pays for every reply value.
local cells = {}
local function pack_reply(place)
  return table.concat(in_order(PLACE_REPLY, place, cells), ' ')
end

local function reply_with_places(packed)
  return reply_with_room({ places = table.concat(packed, ',') })
end
