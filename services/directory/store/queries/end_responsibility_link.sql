-- Under lock_responsibility_link. An end that is set already is never put off, and a link that has
-- not begun ends on the day on which it would have begun.
UPDATE responsibility_link
SET revision = revision + 1, valid_to = greatest(valid_from, least(valid_to, $2::date))
WHERE id = $1
