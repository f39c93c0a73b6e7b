-- Quotes that change a running contract: its revision, and what each line does to a running one.
ALTER TABLE quote DROP CONSTRAINT quote_kind_check;
ALTER TABLE quote ADD CONSTRAINT quote_kind_check CHECK (kind IN ('new', 'change')) NOT VALID;
ALTER TABLE quote VALIDATE CONSTRAINT quote_kind_check;
ALTER TABLE quote
  ADD COLUMN contract_id uuid,
  ADD COLUMN contract_revision bigint;
ALTER TABLE quote ADD CONSTRAINT quote_changes_contract
  CHECK ((kind = 'new') = (contract_id IS NULL)
         AND (contract_id IS NULL) = (contract_revision IS NULL)) NOT VALID;
ALTER TABLE quote VALIDATE CONSTRAINT quote_changes_contract;
CREATE INDEX quote_contract ON quote (contract_id) WHERE contract_id IS NOT NULL;

ALTER TABLE quote_line
  ADD COLUMN change jsonb,               -- in the API's form
  ADD COLUMN ends_line_id uuid;          -- the order line that ends by it
ALTER TABLE order_line
  ADD COLUMN change jsonb,
  ADD COLUMN ends_line_id uuid;
-- A line ends once.
CREATE UNIQUE INDEX order_line_ends ON order_line (ends_line_id) WHERE ends_line_id IS NOT NULL;

-- A contract is made by one order, and changed by any number.
ALTER TABLE "order" DROP CONSTRAINT order_contract_id_key;
CREATE UNIQUE INDEX order_makes_contract ON "order" (contract_id) WHERE kind <> 'change';
CREATE INDEX order_contract ON "order" (contract_id);
