-- When the room is sold out, by the rules of packages/domain/src/waiting-room/inventory.ts.

--- @include room

local function is_sold_out_at(moment)
  return room.soldOutFrom ~= nil and tonumber(room.soldOutFrom) <= moment and moment < tonumber(room.soldOutUntil)
end

local function is_sold_out()
  return is_sold_out_at(now)
end

-- Call it after every change of the count and of the total that payments have reported, and after return_places.
local function update_sold_out()
  local inventory = read_fields({ 'dates', 'soldBefore', 'soldTotal' })
  local left, open = tonumber(inventory.soldBefore or '0') - tonumber(inventory.soldTotal or '0'), {}
  -- The dates are in the order of their ends.
  for ends, unsold in string.gmatch(inventory.dates or '', '(%d+)-(%d+)') do
    if now < tonumber(ends) then
      open[#open + 1] = { ends = tonumber(ends), unsold = tonumber(unsold) }
      left = left + tonumber(unsold)
    end
  end
  local from, last = now, open[#open] and open[#open].ends or now
  for _, date in ipairs(open) do
    if left <= 0 then break end
    from, left = date.ends, left - date.unsold
  end
  if from < last then
    room.soldOutFrom, room.soldOutUntil = int(from), int(last)
    redis.call('HSET', ROOM_KEY, 'soldOutFrom', room.soldOutFrom, 'soldOutUntil', room.soldOutUntil)
  else
    room.soldOutFrom, room.soldOutUntil = nil, nil
    redis.call('HDEL', ROOM_KEY, 'soldOutFrom', 'soldOutUntil')
  end
end
