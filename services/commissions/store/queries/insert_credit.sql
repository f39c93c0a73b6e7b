-- One more credit; the sale link's row is locked, so that none is made twice.
INSERT INTO credit (id, account_id, participant_id, sale_link_id, plan_id, billed_to_date_minor,
                    amount_minor, currency, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
