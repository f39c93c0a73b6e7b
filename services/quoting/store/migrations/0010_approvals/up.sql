-- Approval policies, and the approvals that they ask for: one for each step of each policy that
-- matched a version when it was submitted. An approval is bound to that version's content hash.

CREATE TABLE approval_policy (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  active boolean NOT NULL,
  priority int NOT NULL,
  division_id uuid,                   -- null: of every division
  conditions jsonb NOT NULL,          -- as the API shows them
  steps jsonb NOT NULL,
  submitter_may_approve boolean NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE approval (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('waiting', 'open', 'approved', 'rejected', 'voided')),
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  quote_id uuid NOT NULL REFERENCES quote,
  quote_version int NOT NULL,
  content_hash text NOT NULL,
  policy_id uuid NOT NULL REFERENCES approval_policy,
  policy_name text NOT NULL,
  priority int NOT NULL,
  step int NOT NULL,
  mode text NOT NULL CHECK (mode IN ('any', 'all')),
  profile_id uuid,
  submitter_may_approve boolean NOT NULL,
  submitted_by uuid,
  waits_for uuid[] NOT NULL,
  decisions jsonb NOT NULL DEFAULT '[]',    -- as the API shows them
  delegations jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  UNIQUE (quote_id, quote_version, policy_id, step)
);
CREATE INDEX approval_account ON approval (account_id);
CREATE INDEX approval_open ON approval USING gin (waits_for) WHERE status = 'open';

ALTER TABLE approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON approval
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
