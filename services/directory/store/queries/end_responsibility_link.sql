-- Under lock_responsibility_link. A link that has not begun ends on the day it would have begun.
UPDATE responsibility_link
SET revision = revision + 1, valid_to = greatest(valid_from, $2::date)
WHERE id = $1
