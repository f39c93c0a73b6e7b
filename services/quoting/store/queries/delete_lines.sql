-- Lines that an edit took off; the caller holds the quote's row. Revisions and versions keep them.
DELETE FROM quote_line WHERE quote_id = $1 AND NOT (id = ANY ($2::uuid[]))
