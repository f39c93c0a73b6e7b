-- The participants are locked. Takes their credits of the months off the work list and onto
-- statements; a month whose credits somebody else has taken meanwhile makes none.
WITH taken AS (
  DELETE FROM unstated_credit AS u
  USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[])
    AS w (id, participant_id, currency, period)
  WHERE u.participant_id = w.participant_id AND u.currency = w.currency AND u.period = w.period
  RETURNING w.id, u.credit_id, u.participant_id, u.currency, u.period
), made AS (
  INSERT INTO commission_statement (id, participant_id, currency, period, number, status,
                                    line_count, earned_minor, created_at)
  SELECT t.id, t.participant_id, t.currency, t.period,
         1 + (SELECT count(*) FROM commission_statement AS s
              WHERE s.participant_id = t.participant_id AND s.currency = t.currency
                AND s.period = t.period),
         'draft', count(*), sum(c.amount_minor), $5
  FROM taken AS t JOIN credit AS c ON c.id = t.credit_id
  GROUP BY t.id, t.participant_id, t.currency, t.period
  RETURNING id, revision, participant_id, currency, period, line_count, earned_minor
), lines AS (
  INSERT INTO statement_line (credit_id, commission_statement_id)
  SELECT t.credit_id, t.id FROM taken AS t
), steps AS (
  INSERT INTO commission_statement_step (commission_statement_id, revision, status, user_id,
                                         effective_on, known_at)
  SELECT m.id, m.revision, 'draft', $6, $7, $5 FROM made AS m
)
SELECT id, revision, participant_id, currency, to_char(period, 'YYYY-MM') AS period, line_count,
       earned_minor
FROM made ORDER BY id
