-- What validation has to know of the products that a bundle names. Locked against being retired
-- before the bundle is saved, in id order.
SELECT id, kind, status FROM product WHERE id = ANY($1) ORDER BY id FOR SHARE
