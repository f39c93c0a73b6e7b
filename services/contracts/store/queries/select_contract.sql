-- One contract ($1) or all of them (null), without lines. Reads only.
SELECT c.id, c.revision, c.number, c.status, c.account_id, c.division_id, c.opportunity_id,
       c.currency, c.time_zone, c.payment_days, c.start_on,
       (SELECT max(s.end_on) FROM schedule AS s WHERE s.contract_id = c.id AND s.side = 'sell'
          AND s.start_on < s.end_on)
         AS end_on,
       ARRAY(SELECT o.order_id FROM contract_order AS o
             WHERE o.contract_id = c.id ORDER BY o.position) AS order_ids,
       ROW(c.term_total_minor, c.currency) AS term_total, c.control_totals, c.created_at
FROM contract AS c
WHERE $1::uuid IS NULL OR c.id = $1
