-- Two counts of small tables, for the checklist.
SELECT (SELECT count(*) FROM division) AS divisions,
       (SELECT count(*) FROM member WHERE status = 'active') AS users
