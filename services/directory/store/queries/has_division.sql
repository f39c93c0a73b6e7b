-- For the checklist.
SELECT EXISTS (SELECT FROM division) AS any, (SELECT count(*) FROM member WHERE status = 'active') AS users
