-- The condition makes it safe against two at once: the later instant stays.
INSERT INTO business_clock (at) VALUES ($1)
ON CONFLICT (only_row) DO UPDATE SET at = EXCLUDED.at WHERE business_clock.at < EXCLUDED.at
