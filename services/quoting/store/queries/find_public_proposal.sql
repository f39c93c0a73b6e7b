-- What a link opens: a proposal whose link has not ended, with how its quote stands. For quoting
-- itself, on behalf of whoever has the token. Reads only.
SELECT p.id, p.account_id, p.quote_id, p.quote_version, p.locale, p.content_hash, p.document_hash,
       p.title, p.seller, p.consent, p.html, q.number, q.status, q.version AS current_version,
       q.currency, q.valid_until, q.opportunity_id, o.number AS order_number, o.accepted_on,
       o.quote_version AS accepted_version
FROM proposal p
JOIN quote q ON q.id = p.quote_id
LEFT JOIN "order" o ON o.quote_id = q.id
WHERE p.link_hash = $1 AND p.link_expires_at > $2
