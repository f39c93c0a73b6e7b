-- The lines of an initialisation that was taken back before any was released, as they were: what was
-- planned, from when it was known, and until when. Append-only.

CREATE TABLE withdrawn_schedule_line (
  id uuid PRIMARY KEY,
  schedule_id uuid NOT NULL REFERENCES schedule,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  sequence int NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  bill_on date NOT NULL,
  release_on date NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  known_at timestamptz NOT NULL,
  withdrawn_at timestamptz NOT NULL
);
CREATE INDEX withdrawn_schedule_line_schedule ON withdrawn_schedule_line (schedule_id);
ALTER TABLE withdrawn_schedule_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON withdrawn_schedule_line
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
