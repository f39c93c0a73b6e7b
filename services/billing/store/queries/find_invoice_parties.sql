-- Reads only: the seller and the customer as the document froze them.
SELECT s.name AS seller_name, s.legal_name, s.country AS seller_country,
       s.tax_numbers AS seller_tax_numbers, c.name AS customer_name, c.address_lines,
       c.country AS customer_country, c.tax_numbers AS customer_tax_numbers
FROM invoice AS i
JOIN seller AS s ON s.division_id = i.division_id AND s.revision = i.seller_revision
JOIN customer AS c ON c.account_id = i.account_id AND c.revision = i.customer_revision
WHERE i.id = $1::uuid
