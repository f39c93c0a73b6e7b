-- Ends the approvals of a quote's earlier versions, and those of version $2 that are undecided. The
-- caller holds the quote's row.
UPDATE approval SET status = 'voided', waits_for = '{}', revision = revision + 1
WHERE quote_id = $1
  AND ((quote_version < $2 AND status IN ('waiting', 'open', 'approved')) OR
       (quote_version = $2 AND status IN ('waiting', 'open')))
RETURNING id, revision, account_id, quote_id, quote_version
