-- Commands with many arguments, in chunks, because unpack() is limited.

local CHUNK = 1000

-- The values of the members, in their order; false for a member without one.
local function read_many(command, key, members)
  if #members <= CHUNK then return redis.call(command, key, unpack(members)) end
  local values = {}
  for first = 1, #members, CHUNK do
    local last = math.min(first + CHUNK - 1, #members)
    for _, value in ipairs(redis.call(command, key, unpack(members, first, last))) do values[#values + 1] = value end
  end
  return values
end

-- `entries` is a list of field, value, … or score, member, …
local function write_many(command, key, entries)
  for first = 1, #entries, CHUNK do
    redis.call(command, key, unpack(entries, first, math.min(first + CHUNK - 1, #entries)))
  end
end
