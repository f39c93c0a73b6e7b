-- The rest of a product's behaviour: indexation, what should and must be bought with it, what
-- proposals say of it, a bundle's options and its own price.
ALTER TABLE product DROP CONSTRAINT product_kind_check;
ALTER TABLE product ADD CONSTRAINT product_kind_check
  CHECK (kind IN ('one_off', 'recurring', 'bundle', 'usage', 'service'));
ALTER TABLE product
  ADD COLUMN indexation jsonb,
  ADD COLUMN attach jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN relations jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN proposal jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN option_groups jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN bundle_price jsonb;
