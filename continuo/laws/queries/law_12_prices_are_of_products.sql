-- 12. Every price of a price book is of its book, for the book's account, and of a product that there is
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT e.id::text AS example,
         b.id IS NULL OR p.id IS NULL OR b.account_id IS DISTINCT FROM e.account_id AS differs
  FROM catalogue.price_book_entry AS e
  LEFT JOIN catalogue.price_book AS b ON b.id = e.price_book_id
  LEFT JOIN catalogue.product AS p ON p.id = e.product_id
) AS prices
