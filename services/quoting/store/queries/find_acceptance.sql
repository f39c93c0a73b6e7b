-- Who executed an order, and the evidence of it. Reads only.
SELECT a.order_id, a.form, a.quote_version, a.accepted_by, a.place, a.consent, a.client_address,
       a.user_agent, a.proposal_id, a.document_hash, o.content_hash, a.recorded_by, a.accepted_at
FROM acceptance a JOIN "order" o ON o.id = a.order_id WHERE a.order_id = $1
