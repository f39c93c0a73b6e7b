-- Proposals as the API shows them, without their documents. $1: one, or null for all. Reads only.
SELECT id, revision, status, account_id, quote_id, quote_version, form, locale, currency_display,
       draft, content_hash, document_hash, link_expires_at, sent_at, created_by, created_at
FROM proposal WHERE $1::uuid IS NULL OR id = $1
