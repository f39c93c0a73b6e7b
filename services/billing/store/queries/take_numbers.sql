-- The series' row is locked until the transaction ends, so this comes when all else is written. A
-- rollback gives the numbers back: no gap.
INSERT INTO document_series AS s (division_id, series, next) VALUES ($1::uuid, $2, 1 + $3::bigint)
ON CONFLICT (division_id, series) DO UPDATE SET next = s.next + $3::bigint
RETURNING next - $3::bigint AS first
