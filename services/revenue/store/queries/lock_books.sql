-- Shared: postings do not wait for each other, and no period closes while they are made.
SELECT division_id FROM division_books WHERE division_id = ANY ($1::uuid[])
ORDER BY division_id FOR SHARE
