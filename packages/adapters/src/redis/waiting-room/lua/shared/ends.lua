-- The ends of places, by sequence. A score holds a moment and the reason (ended-score.ts).

--- @include room

-- Returns the moment from which the end is kept for the retention: until the end of its session, a ticket would read as ACTIVE.
local function write_end(sequence, reason, session_expires_at)
  local kept_from = math.max(now, session_expires_at)
  redis.call('ZADD', ENDED_KEY, kept_from * END_REASON_SPAN + END_REASON_CODES[reason], int(sequence))
  return kept_from
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
