-- What an account has to go through. Its steps are few and always read with it.

CREATE TABLE onboarding (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  account_id uuid NOT NULL REFERENCES account,
  product_id uuid,
  name text NOT NULL,
  steps jsonb NOT NULL,
  blocks_sale boolean NOT NULL,
  completed_on date,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
-- Quoting asks for those of an account that are open.
CREATE INDEX onboarding_account ON onboarding (account_id) WHERE completed_on IS NULL;
ALTER TABLE onboarding ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON onboarding
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
