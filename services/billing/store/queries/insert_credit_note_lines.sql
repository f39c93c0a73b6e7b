-- Before the note itself, whose number is taken last; the references are checked at commit.
INSERT INTO credit_note_line (id, credit_note_id, position, billable_item_id, account_id, net_minor)
SELECT t.id, $1::uuid, t.position, t.billable_item_id, $2::uuid, t.net_minor
FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) WITH ORDINALITY
  AS t (id, billable_item_id, net_minor, position)
