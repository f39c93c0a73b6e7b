-- A quote to be changed. Its row stands for the whole quote: whoever changes lines, revisions or
-- versions holds it, so two edits never interleave.
SELECT id FROM quote WHERE id = $1 FOR UPDATE
