-- What change orders end. Append-only, and once for each line: who comes second is refused.

CREATE TABLE contract_line_end (
  order_line_id uuid PRIMARY KEY,      -- the line that ends
  contract_id uuid NOT NULL REFERENCES contract,
  account_id uuid NOT NULL,
  order_id uuid NOT NULL,              -- the change order
  effective_on date NOT NULL,          -- first day that is no longer served
  known_at timestamptz NOT NULL
);
CREATE INDEX contract_line_end_contract ON contract_line_end (contract_id);
ALTER TABLE contract_line_end ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contract_line_end
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
