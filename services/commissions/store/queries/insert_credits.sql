-- The sale links are locked, so that nothing is credited twice. Each credit waits for a statement
-- of the month in which it became known, by the calendar of its division.
WITH made AS (
  INSERT INTO credit (id, account_id, division_id, participant_id, sale_link_id, plan_id,
                      plan_version, cause, basis_minor, split_percent, earned_minor,
                      credited_before_minor, amount_minor, currency, derivation, effective_on,
                      known_at)
  SELECT c.id, c.account_id, c.division_id, c.participant_id, c.sale_link_id, c.plan_id,
         c.plan_version, $1, c.basis_minor, c.split_percent, c.earned_minor, c.credited_minor,
         c.earned_minor - c.credited_minor, c.currency, c.derivation, $2, $3
  FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::int[],
              $11::bigint[], $12::numeric[], $13::bigint[], $14::bigint[], $15::text[],
              $16::jsonb[])
    AS c (id, account_id, division_id, participant_id, sale_link_id, plan_id, plan_version,
          basis_minor, split_percent, earned_minor, credited_minor, currency, derivation)
  RETURNING id, sale_link_id, participant_id, currency, known_at)
INSERT INTO unstated_credit (credit_id, participant_id, currency, period)
SELECT m.id, m.participant_id, m.currency,
       date_trunc('month', m.known_at AT TIME ZONE l.time_zone)::date
FROM made AS m JOIN sale_link AS l ON l.id = m.sale_link_id
