-- 4. Document numbers are gapless for each division and series
SELECT count(*) AS checked,
       count(*) FILTER (WHERE highest <> numbered OR lowest <> 1) AS broken,
       min(series) FILTER (WHERE highest <> numbered OR lowest <> 1) AS example
FROM (
  SELECT division_id, series, max(sequence) AS highest, min(sequence) AS lowest,
         count(DISTINCT sequence) AS numbered
  FROM (SELECT division_id, series, sequence FROM billing.issued_invoice
        UNION ALL SELECT division_id, series, sequence FROM billing.credit_note) AS issued
  GROUP BY division_id, series
) AS document_series
