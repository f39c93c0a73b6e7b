-- Reads only. $1 an id, or null for all; $2 the instant as of which it is told, or null for now.
SELECT s.id, k.revision, s.participant_id, s.currency, to_char(s.period, 'YYYY-MM') AS period,
       s.number, k.status, s.line_count, ROW(s.earned_minor, s.currency) AS earned,
       CASE WHEN k.status = 'paid' THEN ROW(s.paid_minor, s.currency) END AS paid,
       CASE WHEN k.status = 'paid' THEN ROW(s.paid_before_minor, s.currency) END AS paid_before,
       (SELECT a.user_id FROM commission_statement_step AS a
        WHERE a.commission_statement_id = s.id AND a.status = 'approved'
          AND a.revision <= k.revision) AS approved_by,
       CASE WHEN k.status = 'paid' THEN k.user_id END AS paid_by, s.created_at
FROM commission_statement AS s
CROSS JOIN LATERAL (
  SELECT revision, status, user_id FROM commission_statement_step
  WHERE commission_statement_id = s.id AND ($2::timestamptz IS NULL OR known_at <= $2)
  ORDER BY revision DESC LIMIT 1) AS k
WHERE $1::uuid IS NULL OR s.id = $1
