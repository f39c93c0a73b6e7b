-- For this transaction: a slice is sorted in memory, and its statements are planned for the tables as
-- they have grown.
SELECT set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_custom_plan', true)
