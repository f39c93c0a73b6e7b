-- What is promised, planned and earned, and the journal. The journal and the history of obligations
-- are only ever added to: `..._on` says when a fact is effective, `known_at` when it became known.

-- The books of a division. Posting takes the row FOR SHARE, closing a period FOR UPDATE: nothing is
-- posted into a month while it closes. No row until the division's first order.
CREATE TABLE division_books (
  division_id uuid PRIMARY KEY,
  closed_through date               -- last day of the last closed period
);
-- Whose local days the recognition job has to look at: one for each zone that a division's contracts
-- are frozen in. Says nothing about an account.
CREATE TABLE recognition_zone (
  division_id uuid NOT NULL REFERENCES division_books,
  time_zone text NOT NULL,
  PRIMARY KEY (division_id, time_zone)
);

CREATE TABLE revenue_contract (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL REFERENCES division_books,
  contract_id uuid NOT NULL,
  order_id uuid NOT NULL UNIQUE,
  currency text NOT NULL,
  accepted_on date NOT NULL,
  time_zone text NOT NULL,
  created_at timestamptz NOT NULL,
  -- From here on it lives; each posting locks the row.
  revision bigint NOT NULL DEFAULT 1,
  price_minor bigint NOT NULL,
  ssp_minor bigint NOT NULL,
  billed_minor bigint NOT NULL DEFAULT 0,
  recognised_minor bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 80);
CREATE INDEX revenue_contract_account ON revenue_contract (account_id, id);
CREATE INDEX revenue_contract_contract ON revenue_contract (contract_id);

-- A line of an order. What it is now; how it came to be is in obligation_change.
CREATE TABLE performance_obligation (
  id uuid PRIMARY KEY,
  revenue_contract_id uuid NOT NULL REFERENCES revenue_contract,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  order_line_id uuid NOT NULL UNIQUE,
  position int NOT NULL,
  description text NOT NULL,
  rule text NOT NULL
    CHECK (rule IN ('straight_line_days', 'straight_line_months', 'point_in_time')),
  currency text NOT NULL,
  sold_minor bigint NOT NULL,       -- the order line over its whole term
  ssp_minor bigint NOT NULL,        -- at inception
  created_at timestamptz NOT NULL,
  -- From here on it lives.
  revision bigint NOT NULL DEFAULT 1,
  schedule_revision bigint NOT NULL DEFAULT 0,  -- the newest fact of its schedule that is in
  start_on date,
  end_on date,                      -- exclusive; equal to start_on: cancelled before it began
  agreed_end_on date,               -- end_on before any cancellation; null: no schedule with dates
  voided_minor bigint NOT NULL DEFAULT 0,
  unserved_minor bigint NOT NULL DEFAULT 0,
  credited_minor bigint NOT NULL DEFAULT 0,
  price_minor bigint NOT NULL,
  allocated_minor bigint NOT NULL,
  recognised_minor bigint NOT NULL DEFAULT 0,
  CHECK ((start_on IS NULL) = (end_on IS NULL)),
  CHECK (start_on <= end_on),
  CHECK (agreed_end_on IS NULL OR (end_on IS NOT NULL AND end_on <= agreed_end_on))
) WITH (fillfactor = 80);
CREATE INDEX performance_obligation_contract ON performance_obligation (revenue_contract_id);
CREATE INDEX performance_obligation_account ON performance_obligation (account_id, id);
CREATE INDEX performance_obligation_of_contract ON performance_obligation (contract_id, id);

CREATE TABLE obligation_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  performance_obligation_id uuid NOT NULL REFERENCES performance_obligation,
  account_id uuid NOT NULL,
  cause text NOT NULL
    CHECK (cause IN ('accepted', 'initialised', 'uninitialised', 'cancelled', 'credited')),
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  price_minor bigint NOT NULL,
  ssp_minor bigint NOT NULL,
  contract_price_minor bigint NOT NULL,
  contract_ssp_minor bigint NOT NULL,
  allocated_minor bigint NOT NULL,
  start_on date,
  end_on date
);
CREATE INDEX obligation_change_obligation ON obligation_change (performance_obligation_id, id);

-- What is still to be earned, month by month of service: the job's work list, and the future of every
-- figure. A row leaves when it is posted, or when its obligation is planned anew.
CREATE TABLE planned_revenue (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  performance_obligation_id uuid NOT NULL REFERENCES performance_obligation,
  revenue_contract_id uuid NOT NULL,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  time_zone text NOT NULL,
  service_start date NOT NULL,
  service_end date NOT NULL,        -- exclusive
  effective_on date NOT NULL,       -- the day it is earned on
  due_on date NOT NULL,             -- the first local day on which it is posted
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  progress text NOT NULL,           -- to date: "1/12"
  progress_of_minor bigint NOT NULL
);
CREATE INDEX planned_revenue_due
  ON planned_revenue (division_id, time_zone, due_on, revenue_contract_id);
CREATE INDEX planned_revenue_contract ON planned_revenue (revenue_contract_id, due_on);
CREATE INDEX planned_revenue_obligation ON planned_revenue (performance_obligation_id);

CREATE TABLE accounting_period (
  id uuid PRIMARY KEY,
  division_id uuid NOT NULL REFERENCES division_books,
  start_on date NOT NULL,           -- first day of its month
  created_at timestamptz NOT NULL,
  revision bigint NOT NULL DEFAULT 1,
  closed_at timestamptz,
  closed_by uuid,
  UNIQUE (division_id, start_on)
);

CREATE TABLE journal_entry (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid REFERENCES division_books,   -- null: cash that is on no invoice
  kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'payment_received',
                                     'payment_allocated', 'payment_reversed', 'revenue')),
  -- What it was posted for, once: the document, the payment, the allocation, the revenue contract
  -- at a revision.
  source uuid NOT NULL,
  source_version bigint NOT NULL DEFAULT 0,
  invoice_id uuid,
  payment_id uuid,
  currency text NOT NULL,
  effective_on date NOT NULL,
  posted_on date NOT NULL,
  known_at timestamptz NOT NULL,
  CONSTRAINT journal_entry_source UNIQUE (kind, source, source_version)
);
CREATE INDEX journal_entry_account ON journal_entry (account_id, id);
CREATE INDEX journal_entry_day ON journal_entry (division_id, posted_on);
CREATE INDEX journal_entry_posted ON journal_entry (posted_on, id);
CREATE INDEX journal_entry_invoice ON journal_entry (invoice_id) WHERE invoice_id IS NOT NULL;
-- The list's columns of these names.
CREATE INDEX journal_entry_credit_note ON journal_entry
  ((CASE WHEN kind = 'credit_note' THEN source END))
  WHERE (CASE WHEN kind = 'credit_note' THEN source END) IS NOT NULL;
CREATE INDEX journal_entry_revenue_contract ON journal_entry
  ((CASE WHEN kind = 'revenue' THEN source END))
  WHERE (CASE WHEN kind = 'revenue' THEN source END) IS NOT NULL;
CREATE INDEX journal_entry_payment ON journal_entry (payment_id) WHERE payment_id IS NOT NULL;

CREATE TABLE journal_line (
  journal_entry_id uuid NOT NULL REFERENCES journal_entry DEFERRABLE INITIALLY DEFERRED,
  position int NOT NULL,
  account_id uuid NOT NULL,
  ledger_account text NOT NULL
    CHECK (ledger_account IN ('accounts_receivable', 'contract_asset', 'contract_liability',
                              'revenue', 'tax_payable', 'cash', 'unapplied_cash')),
  debit_minor bigint NOT NULL CHECK (debit_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  revenue_contract_id uuid,
  performance_obligation_id uuid,
  service_start date,
  service_end date,
  progress text,
  progress_of_minor bigint,
  PRIMARY KEY (journal_entry_id, position),
  CHECK ((debit_minor = 0) <> (credit_minor = 0)),
  CHECK ((ledger_account IN ('contract_asset', 'contract_liability', 'revenue'))
         = (revenue_contract_id IS NOT NULL)),
  CHECK ((ledger_account = 'revenue') = (performance_obligation_id IS NOT NULL))
);
CREATE INDEX journal_line_contract ON journal_line (revenue_contract_id)
  WHERE revenue_contract_id IS NOT NULL;
CREATE INDEX journal_line_obligation ON journal_line (performance_obligation_id)
  WHERE performance_obligation_id IS NOT NULL;

-- Every entry balances, and has lines. An entry has one currency. Its lines come with it, in one
-- statement: so the lines of a statement balance by themselves, and what was balanced stays so. Once
-- for each statement, over the rows it added.
CREATE FUNCTION refuse_unbalanced_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE unbalanced uuid;
BEGIN
  SELECT journal_entry_id INTO unbalanced FROM added
  GROUP BY journal_entry_id HAVING sum(debit_minor) <> sum(credit_minor) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % does not balance', unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER journal_line_balances AFTER INSERT ON journal_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_entries();
-- What is posted lies in an open period, and says something.
CREATE FUNCTION refuse_bad_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad uuid;
BEGIN
  SELECT a.id INTO bad FROM added AS a JOIN division_books AS b ON b.division_id = a.division_id
  WHERE a.posted_on <= b.closed_through LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % lies in a closed period', bad USING ERRCODE = 'check_violation';
  END IF;
  SELECT a.id INTO bad FROM added AS a
  WHERE NOT EXISTS (SELECT FROM journal_line AS l WHERE l.journal_entry_id = a.id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % has no lines', bad USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER journal_entry_is_good AFTER INSERT ON journal_entry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_bad_entries();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER journal_entry_is_immutable BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_line_is_immutable BEFORE UPDATE OR DELETE ON journal_line
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER obligation_change_is_immutable BEFORE UPDATE OR DELETE ON obligation_change
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_period_is_immutable BEFORE UPDATE OR DELETE ON accounting_period
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- Whether something earned up to a day waits to be posted, in all accounts: whoever closes a period
-- need not see them. Says no more than that.
CREATE FUNCTION has_unposted_revenue(division uuid, through date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT FROM recognition_zone AS z, planned_revenue AS p
    WHERE z.division_id = division AND p.division_id = z.division_id
      AND p.time_zone = z.time_zone AND p.due_on <= through + 1 AND p.effective_on <= through)
$$;

ALTER TABLE revenue_contract ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON revenue_contract
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE performance_obligation ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON performance_obligation
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE obligation_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON obligation_change
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE planned_revenue ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON planned_revenue
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON journal_entry
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE journal_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON journal_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
-- Of no account, but of a division.
ALTER TABLE accounting_period ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_divisions ON accounting_period
  USING (caller_sees_division(division_id)) WITH CHECK (caller_sees_division(division_id));
ALTER TABLE division_books ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_divisions ON division_books
  USING (caller_sees_division(division_id)) WITH CHECK (caller_sees_division(division_id));
