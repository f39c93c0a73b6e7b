-- What of a quote may be taken or left. Lines that were there before are always sold.

ALTER TABLE quote_line ADD option text;
ALTER TABLE quote_line ADD alternative_group text CHECK (option IS NOT NULL OR alternative_group IS NULL);
-- Counts in the totals, and would be ordered.
ALTER TABLE quote_line ADD chosen boolean NOT NULL DEFAULT true CHECK (option IS NOT NULL OR chosen);
