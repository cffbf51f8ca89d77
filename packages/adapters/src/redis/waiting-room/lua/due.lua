-- The places whose time is over, those that end first at the front. Returns those whose session has ended in a sold-out room.
--   ARGV[2]  how many at most
--   Returns  user, sequence, …

--- @include place-transitions

if is_stale() then return stale() end
return_places()
local limit, due = tonumber(ARGV[2]), {}
for _, key in ipairs({ PARKED_UNTIL_KEY, ACTIVE_KEY }) do
  for _, user in ipairs(redis.call('ZRANGEBYSCORE', key, '-inf', int(now), 'LIMIT', 0, limit - #due / 2)) do
    due[#due + 1], due[#due + 2] = user, int(read_place(user).sequence)
  end
end
return due
