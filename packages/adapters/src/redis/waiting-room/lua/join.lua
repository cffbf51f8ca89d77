-- Gives each user a place, or checks in the fan of the place that the user has. Users join in the order of ARGV.
--   ARGV[2…]  users
--   The status is OVER for a user whose place is over by time and has not been ended yet.

--- @include admission
--- @include arrivals
--- @include place-transitions
--- @include counts
--- @include line
--- @include many
--- @include place-replies

if is_stale() then return stale() end

-- Joins within this time share the moment of issue, so that the arrivals take little memory.
local ARRIVAL_BUCKET_MS = 250

local function arrival_at(sequence)
  local last = tonumber(room.lastArrivalAt)
  if last and last <= now and now - last < ARRIVAL_BUCKET_MS then return last end
  room.lastArrivalAt = int(now)
  redis.call('ZADD', ARRIVALS_KEY, int(sequence), room.lastArrivalAt)
  redis.call('HSET', ROOM_KEY, 'lastArrivalAt', room.lastArrivalAt)
  return now
end

-- How many places may be admitted without overtaking any.
local function admissible_at_once()
  local counts = count_places()
  return counts.parked == 0 and admissible(counts.active) or 0
end

local function join_again(user, waiting, record)
  if waiting then
    local reply = waiting_status(user, waiting)
    reply.issuedAt = issued_at(waiting)
    return reply
  end
  local place = parse_place(record)
  local checked_in = check_in(user, place)
  local reply = checked_in and checked_in_status(checked_in) or { status = 'OVER', sequence = int(place.sequence) }
  reply.issuedAt = place.issuedAt
  return reply
end

-- Replies for new places, in their order. Those of the line follow those that are admitted at once.
local function join_line(users)
  local drawn = redis.call('HINCRBY', ROOM_KEY, 'counter', #users)
  local before = room.epoch * COUNTERS_PER_EPOCH + drawn - #users
  local issued = arrival_at(before + 1)
  local ahead = redis.call('ZCARD', WAITING_KEY)
  local at_once = ahead == 0 and math.min(admissible_at_once(), #users) or 0
  local replies, line, issued_text = {}, {}, int(issued)
  if at_once > 0 then
    use_allowance(at_once)
    raise_watermark(before + at_once)
  end
  for index = 1, #users do
    local user, sequence = users[index], int(before + index)
    if index <= at_once then
      local place = { sequence = before + index, issuedAt = issued, sessionTtlMs = read_policy().sessionTtlMs }
      claim(user, place)
      replies[index] = checked_in_status(place)
      replies[index].created, replies[index].issuedAt = true, issued_text
    else
      line[#line + 1], line[#line + 2] = sequence, user
      replies[index] = {
        created = true, status = 'WAITING', sequence = sequence, issuedAt = issued_text, position = ahead + index - at_once,
      }
    end
  end
  write_many('ZADD', WAITING_KEY, line)
  return replies
end

local users = {}
for index = 2, #ARGV do users[index - 1] = ARGV[index] end
local waiting, records = read_many('ZMSCORE', WAITING_KEY, users), read_many('HMGET', PLACE_KEY, users)

-- A check-in changes neither the line nor how many may be admitted, so new users may join after all check-ins.
local reply_of, new = {}, {}
for index, user in ipairs(users) do
  if not reply_of[user] then
    if waiting[index] or records[index] then
      reply_of[user] = join_again(user, waiting[index], records[index])
    else
      new[#new + 1], reply_of[user] = user, {}
    end
  end
end
if #new > 0 then
  for index, reply in ipairs(join_line(new)) do reply_of[new[index]] = reply end
end

local places = {}
for index, user in ipairs(users) do
  places[index] = pack_reply(reply_of[user])
  reply_of[user].created = nil
end
return reply_with_places(places)
