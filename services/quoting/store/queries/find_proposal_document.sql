-- The document itself. Reads only.
SELECT document_hash, locale, title, seller, html, pdf FROM proposal WHERE id = $1
