-- The ends of places, by sequence. A score holds the moment of the end and its reason (ended-score.ts).

--- @include room

local function write_end(sequence, reason)
  redis.call('ZADD', ENDED_KEY, now * END_REASON_SPAN + END_REASON_CODES[reason], int(sequence))
end

-- Nil for a place that has not ended, or not within the retention.
local function read_end(sequence)
  local score = redis.call('ZSCORE', ENDED_KEY, int(sequence))
  return score and END_REASONS[score % END_REASON_SPAN + 1]
end

local function forget_old_ends()
  redis.call('ZREMRANGEBYSCORE', ENDED_KEY, '-inf', int((now - ENDED_TOKEN_RETENTION_MS) * END_REASON_SPAN))
  redis.call('ZREMRANGEBYSCORE', PAID_KEY, '-inf', int(now - ENDED_TOKEN_RETENTION_MS))
end
