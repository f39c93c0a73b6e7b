-- What was paid for a product, and what an account has ordered: asked while quoting. Ids ascend with time.
CREATE INDEX order_line_product ON order_line (product_id, currency, id);
CREATE INDEX order_line_account ON order_line (account_id, product_id);
CREATE INDEX quote_line_product ON quote_line (product_id, currency, id);
