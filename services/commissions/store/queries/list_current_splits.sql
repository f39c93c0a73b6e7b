-- Of a sale link that is locked: who shares it now.
SELECT s.participant_id, s.percent
FROM sale_link AS l
JOIN sale_split AS s ON s.sale_link_id = l.id AND s.revision = l.split_revision
WHERE l.id = $1 ORDER BY s.participant_id
