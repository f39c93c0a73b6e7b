-- How many comments a proposal has. The caller holds its row.
SELECT count(*) AS comments FROM proposal_comment WHERE proposal_id = $1
