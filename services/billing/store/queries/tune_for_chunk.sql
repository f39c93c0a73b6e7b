-- For this transaction: a chunk's lines are sorted in memory, not on disk, and its statements are
-- planned for the tables as they have grown (a kept plan takes five times as long).
SELECT set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_custom_plan', true)
