-- How many places may be admitted now, by the rules of packages/domain/src/waiting-room/admission.ts.

--- @include sold-out

local policy = nil

-- Read once, and only by the scripts that admit.
local function read_policy()
  policy = policy or read_fields({
    'state', 'batchSize', 'intervalMs', 'shape', 'maxActive', 'sellableFactor', 'sessionTtlMs', 'claimTtlMs',
    'parkRetentionMs', 'windows', 'sellable', 'holders', 'countedAt', 'soldBefore', 'soldTotal',
    'dates',
  })
  return policy
end

-- Whether a bookable date sells. A window whose sales are stopped ends with `!`.
local function has_sales()
  for starts, ends, stop in string.gmatch(read_policy().windows or '', '(%d+)-(%d+)(!?)') do
    if stop == '' and tonumber(starts) <= now and now < tonumber(ends) then return true end
  end
  return false
end

-- Whether the concert has dates, and the sale of each has ended at least this long ago.
local function has_been_closed_for(ms)
  local windows = read_policy().windows or ''
  for ends in string.gmatch(windows, '%d+-(%d+)') do
    if now < tonumber(ends) + ms then return false end
  end
  return windows ~= ''
end

-- A window that opened in the future opens now: the clock went back, as after a failover to a server that is behind.
local function correct_window()
  if room.openedAt and tonumber(room.openedAt) > now then
    room.openedAt = int(now)
    redis.call('HSET', ROOM_KEY, 'openedAt', room.openedAt)
  end
end

-- The present window, or the next one when the present one is over. It opens with the first admission in it.
local function window_at(interval)
  if not room.openedAt or now >= room.openedAt + interval then return { openedAt = now, used = 0, isNew = true } end
  return { openedAt = tonumber(room.openedAt), used = tonumber(room.used) }
end

local function allowance_left()
  local interval, allowance = tonumber(policy.intervalMs), tonumber(policy.batchSize)
  local window = window_at(interval)
  if policy.shape == 'smooth' then
    local step = math.min(SMOOTH_STEPS, math.floor((now - window.openedAt) * SMOOTH_STEPS / interval) + 1)
    allowance = math.ceil(allowance * step / SMOOTH_STEPS)
  end
  return allowance - window.used
end

-- Whether seats were sold although the last count knows of no bookable date: they may have been the last.
local function may_be_sold_out()
  if tonumber(policy.soldTotal or '0') <= tonumber(policy.soldBefore or '0') then return false end
  for ends in string.gmatch(policy.dates or '', '(%d+)-%d+') do
    if now < tonumber(ends) then return false end
  end
  return true
end

-- `active` is how many places have a slot.
local function admissible(active)
  read_policy()
  correct_window()
  if policy.state ~= 'RUNNING' or is_sold_out() or now < tonumber(room.restoringUntil or '0') then return 0 end
  -- After a loss of Redis only a count can tell that seats are left.
  if room.restoringUntil and not policy.countedAt or may_be_sold_out() then return 0 end
  if not has_sales() then return 0 end
  local left = allowance_left()
  local cap, factor = tonumber(policy.maxActive), tonumber(policy.sellableFactor)
  if cap then left = math.min(left, cap - active) end
  if factor then
    local counted = tonumber(policy.countedAt)
    if not counted or now - counted > INVENTORY_INTERVALS_MAX * policy.intervalMs then return 0 end
    local sellable = math.max(0, policy.sellable - ((policy.soldTotal or 0) - policy.soldBefore))
    left = math.min(left, math.ceil(factor * sellable) - (active - policy.holders))
  end
  return math.max(0, left)
end

-- Call it before raise_watermark, which tells the admissions of a window from those before it.
local function use_allowance(admitted)
  local window = window_at(tonumber(policy.intervalMs))
  if window.isNew then
    local before = math.max(tonumber(room.watermark or '0'), room.epoch * COUNTERS_PER_EPOCH)
    redis.call('HSET', ROOM_KEY, 'admittedBefore', int(before))
  end
  room.openedAt, room.used = int(window.openedAt), int(window.used + admitted)
  redis.call('HSET', ROOM_KEY, 'openedAt', room.openedAt, 'used', room.used)
  redis.call('HINCRBY', ROOM_KEY, 'admittedTotal', admitted)
end

-- Gives the admission of a place whose fan leaves its slot back to the present window, if it was made there.
local function give_back_allowance(sequence)
  local window = read_fields({ 'intervalMs', 'admittedBefore' })
  local used = tonumber(room.used or '0')
  if used == 0 or now >= room.openedAt + window.intervalMs or sequence <= tonumber(window.admittedBefore) then return end
  room.used = int(used - 1)
  redis.call('HSET', ROOM_KEY, 'used', room.used)
end
