-- What may be billed, the runs that bill it, documents, and money received. Documents and
-- allocations are only ever added: `..._on` says when a fact is effective, `created_at` and `known_at` when it became known.

-- A division as it was when a document was made: what the document says of its seller. The newest
-- revision is the current one.
CREATE TABLE seller (
  division_id uuid NOT NULL,
  revision bigint NOT NULL,
  name text NOT NULL,
  legal_name text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  country text NOT NULL,
  invoice_series text NOT NULL,
  tax_numbers text[] NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (division_id, revision)
);

-- An account as it was when a document was made.
CREATE TABLE customer (
  account_id uuid NOT NULL,
  revision bigint NOT NULL,
  name text NOT NULL,
  country text,                     -- null: crm has none, and no tax can be determined
  payment_days int NOT NULL,
  address_lines text[] NOT NULL,
  tax_numbers text[] NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, revision)
);
-- Which revision of a customer is here, and which is the newest that crm has announced: a lower
-- one is fetched again before the next document.
CREATE TABLE customer_head (
  account_id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 0,   -- 0: none yet
  announced bigint NOT NULL DEFAULT 0
);

CREATE TABLE tax_rate (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  country text NOT NULL,
  customer_country text NOT NULL,
  tax_code text NOT NULL,
  rate numeric(28,8) NOT NULL CHECK (rate >= 0),
  valid_from date NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT tax_rate_day UNIQUE (country, customer_country, tax_code, valid_from)
);

-- Never changes: whether it is open, set aside or invoiced follows from set_aside_item and
-- invoice_line.
CREATE TABLE billable_item (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  source text NOT NULL CHECK (source IN ('schedule_line', 'order_line')),
  contract_id uuid,
  order_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  schedule_id uuid,
  schedule_line_id uuid,
  release_batch_id uuid,
  description text NOT NULL,
  quantity numeric(28,8) NOT NULL,
  period_start date,
  period_end date,                  -- exclusive
  bill_on date NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  tax_code text NOT NULL,
  payment_days int,                 -- as agreed; null: the account's
  created_at timestamptz NOT NULL,
  CHECK ((source = 'schedule_line') = (schedule_line_id IS NOT NULL)),
  CHECK (period_start < period_end)
);
-- Each source once, whatever is delivered twice.
CREATE UNIQUE INDEX billable_item_schedule_line ON billable_item (schedule_line_id)
  WHERE source = 'schedule_line';
CREATE UNIQUE INDEX billable_item_order_line ON billable_item (order_line_id)
  WHERE source = 'order_line';
CREATE INDEX billable_item_account ON billable_item (account_id, division_id, bill_on);

-- The work list of the bill runs: an account may have something to bill from a day on. Written with
-- the items, taken by the run that looks at them, so that finding what is due never reads what was
-- billed long ago. No row-level security: only runs read it, and it says nothing.
CREATE TABLE billing_due (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  division_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  bill_on date NOT NULL
);
CREATE INDEX billing_due_day ON billing_due (division_id, bill_on);

-- By a run that could not bill it, until the next one can; or held by someone until restored.
CREATE TABLE set_aside_item (
  billable_item_id uuid PRIMARY KEY REFERENCES billable_item,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  currency text NOT NULL,
  bill_on date NOT NULL,
  held boolean NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  known_at timestamptz NOT NULL
);
CREATE INDEX set_aside_item_division ON set_aside_item (division_id, bill_on) WHERE NOT held;

CREATE TABLE bill_run_schedule (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  division_id uuid NOT NULL CONSTRAINT bill_run_schedule_division UNIQUE,
  auto_issue boolean NOT NULL,
  enabled boolean NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE bill_run (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  division_id uuid NOT NULL,
  bill_on date NOT NULL,
  auto_issue boolean NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'cancelled')),
  groups bigint NOT NULL DEFAULT 0,
  groups_done bigint NOT NULL DEFAULT 0,
  invoices bigint NOT NULL DEFAULT 0,
  lines bigint NOT NULL DEFAULT 0,
  set_aside bigint NOT NULL DEFAULT 0,
  control_totals jsonb NOT NULL DEFAULT '{}',   -- continuo.type.v1.ControlTotals
  bill_run_schedule_id uuid REFERENCES bill_run_schedule,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX bill_run_active ON bill_run (division_id) WHERE status IN ('queued', 'running');

-- What a run will bill, in the order in which it does: one invoice for each. bill_run.groups_done
-- says how far it is. No row-level security: only runs read it.
CREATE TABLE bill_run_group (
  bill_run_id uuid NOT NULL REFERENCES bill_run,
  position bigint NOT NULL,          -- 1, 2, ...
  account_id uuid NOT NULL,
  currency text NOT NULL,
  bill_from date NOT NULL,          -- no item of the group is due earlier
  PRIMARY KEY (bill_run_id, position)
);

CREATE TABLE bill_run_set_aside (
  id uuid PRIMARY KEY,
  bill_run_id uuid NOT NULL REFERENCES bill_run,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (bill_run_id, account_id, currency)
);

-- A draft, complete with its amounts. Issuing adds a row to issued_invoice; giving it up sets
-- voided_at. Nothing else ever changes.
CREATE TABLE invoice (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  bill_run_id uuid,
  currency text NOT NULL,
  issue_on date NOT NULL,           -- the planned day, and the tax point
  payment_days int NOT NULL,
  net_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  line_count int NOT NULL,
  customer_revision bigint NOT NULL,
  seller_revision bigint NOT NULL,
  voided_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX invoice_account ON invoice (account_id, id);
CREATE INDEX invoice_bill_run ON invoice (bill_run_id, id);

-- A line is an item on an invoice; what it says is the item's. An item is on one invoice at most:
-- that is what makes a run idempotent. No foreign keys to invoice and item: both are read or written
-- by the very statement that adds the line, and checking a million of them would double its cost.
CREATE TABLE invoice_line (
  invoice_id uuid NOT NULL,
  position int NOT NULL,
  billable_item_id uuid NOT NULL CONSTRAINT invoice_line_item UNIQUE,
  account_id uuid NOT NULL,
  net_minor bigint NOT NULL,
  tax_rate numeric(28,8) NOT NULL,  -- percent
  PRIMARY KEY (invoice_id, position)
);

-- What stood on a draft that was given up.
CREATE TABLE voided_invoice_line (
  invoice_id uuid NOT NULL,
  position int NOT NULL,
  billable_item_id uuid NOT NULL,
  account_id uuid NOT NULL,
  net_minor bigint NOT NULL,
  tax_rate numeric(28,8) NOT NULL,
  PRIMARY KEY (invoice_id, position)
);

-- The answer of the tax determination: the tax of each code and rate, once, on the sum of its lines.
CREATE TABLE invoice_tax (
  invoice_id uuid NOT NULL,
  tax_code text NOT NULL,
  rate numeric(28,8) NOT NULL,
  account_id uuid NOT NULL,
  base_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  PRIMARY KEY (invoice_id, tax_code, rate)
);

-- The next number of each series of a division. Its row is taken last, when all else is written.
CREATE TABLE document_series (
  division_id uuid NOT NULL,
  series text NOT NULL,             -- "DE", "DE-CN"
  next bigint NOT NULL,
  PRIMARY KEY (division_id, series)
);

-- An invoice that went out, and what is still owed on it. The first columns never change.
CREATE TABLE issued_invoice (
  invoice_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  series text NOT NULL,
  sequence bigint NOT NULL,
  number text NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL,
  known_at timestamptz NOT NULL,
  -- From here on it lives.
  revision bigint NOT NULL DEFAULT 2,
  credited_minor bigint NOT NULL DEFAULT 0,
  allocated_minor bigint NOT NULL DEFAULT 0 CHECK (allocated_minor >= 0),
  balance_minor bigint GENERATED ALWAYS AS (total_minor - credited_minor - allocated_minor) STORED,
  overdue_since date,
  UNIQUE (division_id, series, sequence)
);
CREATE INDEX issued_invoice_open ON issued_invoice (account_id, currency) WHERE balance_minor <> 0;
CREATE INDEX issued_invoice_due ON issued_invoice (division_id, due_on)
  WHERE balance_minor > 0 AND overdue_since IS NULL;

CREATE TABLE credit_note (
  id uuid PRIMARY KEY,
  invoice_id uuid NOT NULL REFERENCES issued_invoice,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  series text NOT NULL,
  sequence bigint NOT NULL,
  number text NOT NULL,
  issued_on date NOT NULL,
  net_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  line_count int NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (division_id, series, sequence)
);
CREATE INDEX credit_note_invoice ON credit_note (invoice_id);
CREATE INDEX credit_note_account ON credit_note (account_id, id);
CREATE TABLE credit_note_line (
  id uuid NOT NULL,
  credit_note_id uuid NOT NULL REFERENCES credit_note DEFERRABLE INITIALLY DEFERRED,
  position int NOT NULL,
  billable_item_id uuid NOT NULL,   -- the invoice's line
  account_id uuid NOT NULL,
  net_minor bigint NOT NULL,
  PRIMARY KEY (credit_note_id, position)
);
CREATE INDEX credit_note_line_item ON credit_note_line (billable_item_id);
CREATE TABLE credit_note_tax (
  credit_note_id uuid NOT NULL REFERENCES credit_note DEFERRABLE INITIALLY DEFERRED,
  tax_code text NOT NULL,
  rate numeric(28,8) NOT NULL,
  account_id uuid NOT NULL,
  base_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  PRIMARY KEY (credit_note_id, tax_code, rate)
);

CREATE TABLE payment (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  method text NOT NULL,
  received_on date NOT NULL,
  reference text,
  created_at timestamptz NOT NULL,
  -- From here on it lives.
  revision bigint NOT NULL DEFAULT 1,
  allocated_minor bigint NOT NULL DEFAULT 0,
  reversed_on date,
  reversal_reason text,
  CHECK (allocated_minor BETWEEN 0 AND amount_minor)
);
CREATE INDEX payment_account ON payment (account_id, id);
-- Added, never changed: undoing one adds its opposite.
CREATE TABLE allocation (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL REFERENCES payment,
  invoice_id uuid NOT NULL REFERENCES issued_invoice,
  account_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  effective_on date NOT NULL,
  reverses uuid UNIQUE REFERENCES allocation,
  created_at timestamptz NOT NULL
);
CREATE INDEX allocation_payment ON allocation (payment_id);
CREATE INDEX allocation_invoice ON allocation (invoice_id);

-- Documents do not change, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE FUNCTION refuse_change_of_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
     AND (to_jsonb(NEW) - 'voided_at') = (to_jsonb(OLD) - 'voided_at')
     AND NOT EXISTS (SELECT FROM issued_invoice WHERE invoice_id = OLD.id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'invoice % never changes', OLD.id USING ERRCODE = 'restrict_violation';
END
$$;
CREATE FUNCTION refuse_change_of_issued_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     AND NOT EXISTS (SELECT FROM issued_invoice WHERE invoice_id = OLD.invoice_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a line of invoice % never changes', OLD.invoice_id
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE FUNCTION refuse_change_of_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'issued invoice % never changes', OLD.number USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER invoice_is_immutable BEFORE UPDATE OR DELETE ON invoice
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_invoice();
CREATE TRIGGER invoice_line_is_immutable BEFORE UPDATE OR DELETE ON invoice_line
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued_line();
CREATE TRIGGER invoice_tax_is_immutable BEFORE UPDATE OR DELETE ON invoice_tax
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER issued_invoice_is_immutable BEFORE UPDATE ON issued_invoice
  FOR EACH ROW WHEN ((OLD.invoice_id, OLD.account_id, OLD.division_id, OLD.series, OLD.sequence,
                      OLD.number, OLD.issued_on, OLD.due_on, OLD.currency, OLD.total_minor, OLD.known_at)
         IS DISTINCT FROM
                     (NEW.invoice_id, NEW.account_id, NEW.division_id, NEW.series, NEW.sequence,
                      NEW.number, NEW.issued_on, NEW.due_on, NEW.currency, NEW.total_minor, NEW.known_at))
  EXECUTE FUNCTION refuse_change_of_issue();
CREATE TRIGGER issued_invoice_is_kept BEFORE DELETE ON issued_invoice
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issue();
CREATE TRIGGER billable_item_is_immutable BEFORE UPDATE OR DELETE ON billable_item
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_is_immutable BEFORE UPDATE OR DELETE ON credit_note
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_line_is_immutable BEFORE UPDATE OR DELETE ON credit_note_line
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_tax_is_immutable BEFORE UPDATE OR DELETE ON credit_note_tax
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_is_immutable BEFORE UPDATE OR DELETE ON allocation
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON customer
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE customer_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON customer_head
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE billable_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON billable_item
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE set_aside_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON set_aside_item
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE bill_run_set_aside ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON bill_run_set_aside
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON invoice
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE invoice_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON invoice_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE voided_invoice_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON voided_invoice_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE invoice_tax ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON invoice_tax
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE issued_invoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON issued_invoice
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE credit_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON credit_note
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE credit_note_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON credit_note_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE credit_note_tax ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON credit_note_tax
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE payment ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON payment
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE allocation ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON allocation
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
-- Of no account, but of a division.
ALTER TABLE bill_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_divisions ON bill_run
  USING (caller_sees_division(division_id)) WITH CHECK (caller_sees_division(division_id));
ALTER TABLE bill_run_schedule ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_divisions ON bill_run_schedule
  USING (caller_sees_division(division_id)) WITH CHECK (caller_sees_division(division_id));
