-- Safe to repeat: the later reason stands.
INSERT INTO set_aside_item (billable_item_id, account_id, division_id, currency, bill_on, held,
                            code, detail, known_at)
SELECT id, account_id, division_id, currency, bill_on, true, 'HELD', $2, $3
FROM billable_item WHERE id = $1::uuid
ON CONFLICT (billable_item_id) DO UPDATE
SET held = true, code = excluded.code, detail = excluded.detail, known_at = excluded.known_at
