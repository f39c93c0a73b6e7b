-- One row at most. Whoever comes second finds the clock standing and leaves it.
INSERT INTO business_clock (at) VALUES ($1) ON CONFLICT (only_row) DO NOTHING
