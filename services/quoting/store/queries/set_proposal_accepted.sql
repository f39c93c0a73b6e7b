-- This document was accepted; its link goes on to show it. The caller holds the quote's row.
UPDATE proposal SET revision = revision + 1, status = 'accepted' WHERE id = $1
