-- Orders without a quote, and without a deal.
ALTER TABLE "order" ALTER quote_id DROP NOT NULL;
ALTER TABLE "order" ALTER opportunity_id DROP NOT NULL;
ALTER TABLE "order" ALTER opportunity_value_minor DROP NOT NULL;
ALTER TABLE "order" ALTER opportunity_value_currency DROP NOT NULL;
ALTER TABLE "order" ADD CONSTRAINT order_made_how
  CHECK ((kind = 'direct') = (quote_id IS NULL)) NOT VALID;
ALTER TABLE "order" VALIDATE CONSTRAINT order_made_how;
ALTER TABLE order_line ALTER quote_line_id DROP NOT NULL;
