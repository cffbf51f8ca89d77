-- One place per user: the present one, or a new one at the end of the line. Users join in the order of the arguments.
--   ARGV[2...]  users
--   Answers     what the room is at, as a standing begins; then for each user the rest of a standing in one text, with
--               spaces in between: its reader pays for every member. created is 1 for a new place

if is_stale() then return stale() end

local function join(user)
  local waiting = redis.call('ZSCORE', WAITING, user)
  if waiting then
    local rank = redis.call('ZRANK', WAITING, user)
    return standing(false, 'WAITING', tonumber(waiting), issued_at(tonumber(waiting)), rank + 1, false, 0)
  end

  local place = read_place(user)
  if place then
    if place.issuedAt == 0 then place.issuedAt = issued_at(place.sequence) end
    place = show_up(user, place)
    if place then return standing_of(false, user, place) end
  end

  local sequence = room.epoch * EPOCH_SPAN + redis.call('HINCRBY', ROOM, 'counter', 1)
  local issued = number('lastArrivalAt')
  if not issued or now - issued >= ARRIVAL_BUCKET_MS or now < issued then
    issued = now
    redis.call('ZADD', ARRIVALS, int(sequence), int(now))
    redis.call('HSET', ROOM, 'lastArrivalAt', int(now))
    room.lastArrivalAt = int(now)
  end

  local ahead = redis.call('ZCARD', WAITING)
  local beside = redis.call('ZCARD', PARKED) + redis.call('ZCARD', RETURNED)
  if ahead == 0 and beside == 0 and admissible() > 0 then
    use_window(1)
    raise_watermark(sequence)
    place = { sequence = sequence, issuedAt = issued, ttl = number('sessionTtlMs'), ends = 0, state = 'O' }
    claim(user, place)
    return standing_of(true, user, place)
  end
  redis.call('ZADD', WAITING, int(sequence), user)
  return standing(true, 'WAITING', sequence, issued, ahead + 1, false, 0)
end

local reply = {}
for argument = 2, #ARGV do
  local joined = join(ARGV[argument])
  for field = 1, ROOM_FIELDS do reply[field] = joined[field] end
  reply[#reply + 1] = table.concat(joined, ' ', ROOM_FIELDS + 1)
end
return reply
