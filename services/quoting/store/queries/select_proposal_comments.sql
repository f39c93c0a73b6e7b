-- What customers wrote, as the API shows it. Reads only.
SELECT id, proposal_id, name, text, created_at FROM proposal_comment
