-- What validation has to know of the products that a product names. Locked against being retired
-- before it is saved, in id order.
SELECT id, code, kind, status, billing, components FROM product WHERE id = ANY($1) ORDER BY id
FOR SHARE
