-- Who sold it and what that earns. Terms, assignments, steps, splits, what was billed and
-- collected, and credits are only ever added; each has the day it counts from and the instant it
-- became known.

CREATE TABLE commission_plan (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE commission_terms (
  plan_id uuid NOT NULL REFERENCES commission_plan,
  version int NOT NULL,
  valid_from date NOT NULL,
  credit_on text NOT NULL CHECK (credit_on IN ('invoice', 'payment')),
  rate_percent numeric(28,8) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
  known_at timestamptz NOT NULL,
  PRIMARY KEY (plan_id, version),
  UNIQUE (plan_id, valid_from)
);
CREATE TABLE commission_rate (
  plan_id uuid NOT NULL,
  version int NOT NULL,
  commission_class text NOT NULL,
  rate_percent numeric(28,8) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
  PRIMARY KEY (plan_id, version, commission_class),
  FOREIGN KEY (plan_id, version) REFERENCES commission_terms
);

CREATE TABLE participant (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  user_id uuid NOT NULL CONSTRAINT participant_user UNIQUE,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),  -- exclusive; null: open
  created_at timestamptz NOT NULL
);
CREATE TABLE plan_assignment (
  participant_id uuid NOT NULL REFERENCES participant,
  valid_from date NOT NULL,
  plan_id uuid NOT NULL REFERENCES commission_plan,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (participant_id, valid_from)
);

CREATE TABLE sale_link (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL
    CHECK (status IN ('open', 'claimed', 'verified', 'contested', 'resolved')),
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  order_id uuid NOT NULL,
  contract_id uuid NOT NULL UNIQUE,     -- each contract has one sale link
  accepted_on date NOT NULL,            -- decides the terms
  time_zone text NOT NULL,              -- the division's
  crm_price_minor bigint,               -- in `currency`; null: crm had no value in it
  contract_price_minor bigint NOT NULL,
  currency text NOT NULL,
  delivery_start date,
  product_names text[] NOT NULL,
  price_band text NOT NULL,
  participant_id uuid REFERENCES participant,  -- who claimed it
  claimed_by uuid,                             -- that participant's user
  contested_by uuid,
  verified_by uuid CHECK (verified_by <> claimed_by),  -- or resolved
  split_revision bigint,                -- of the step whose splits hold
  created_at timestamptz NOT NULL,
  CHECK ((status = 'open') = (participant_id IS NULL)),
  CHECK ((status = 'open') = (split_revision IS NULL)),
  CHECK (status NOT IN ('verified', 'resolved') OR verified_by IS NOT NULL)
);
CREATE INDEX sale_link_account ON sale_link (account_id);
-- What may be claimed or is to be decided, in the order of the list.
CREATE INDEX sale_link_undecided ON sale_link (status, id)
  WHERE status IN ('open', 'claimed', 'contested');
-- The order's lines: which class an invoiced line is of.
CREATE TABLE sale_line (
  order_line_id uuid PRIMARY KEY,
  contract_id uuid NOT NULL REFERENCES sale_link (contract_id),
  account_id uuid NOT NULL,
  commission_class text NOT NULL        -- '': none
);
CREATE TABLE sale_link_step (
  id uuid PRIMARY KEY,
  sale_link_id uuid NOT NULL REFERENCES sale_link,
  revision bigint NOT NULL,             -- of the sale link after it
  account_id uuid NOT NULL,
  status text NOT NULL,
  user_id uuid,                         -- null: the order opened it
  reason text NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  UNIQUE (sale_link_id, revision)
);
-- Who shares the commission from a step on, with the terms that the sale is under.
CREATE TABLE sale_split (
  sale_link_id uuid NOT NULL,
  revision bigint NOT NULL,
  account_id uuid NOT NULL,
  participant_id uuid NOT NULL REFERENCES participant,
  percent numeric(28,8) NOT NULL CHECK (percent > 0 AND percent <= 100),
  plan_id uuid NOT NULL,
  plan_version int NOT NULL,
  PRIMARY KEY (sale_link_id, revision, participant_id),
  FOREIGN KEY (sale_link_id, revision) REFERENCES sale_link_step (sale_link_id, revision),
  FOREIGN KEY (plan_id, plan_version) REFERENCES commission_terms
);

-- What invoices bill of each contract and class, and credit notes take back (negative).
CREATE TABLE billed (
  document_id uuid NOT NULL,            -- the invoice or the credit note
  contract_id uuid NOT NULL,
  commission_class text NOT NULL,
  invoice_id uuid NOT NULL,             -- itself, or the one that is credited
  account_id uuid NOT NULL,
  net_minor bigint NOT NULL,
  currency text NOT NULL,
  effective_on date NOT NULL,           -- issued on
  known_at timestamptz NOT NULL,
  PRIMARY KEY (contract_id, document_id, commission_class)
);
CREATE INDEX billed_invoice ON billed (invoice_id);
-- With tax: what a customer pays. Negative for credit notes.
CREATE TABLE billed_total (
  document_id uuid PRIMARY KEY,
  invoice_id uuid NOT NULL,
  account_id uuid NOT NULL,
  total_minor bigint NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL
);
CREATE INDEX billed_total_invoice ON billed_total (invoice_id);
-- Each change of what a payment pays of an invoice; negative: undone.
CREATE TABLE collected (
  payment_id uuid NOT NULL,
  revision bigint NOT NULL,             -- of the payment that says so
  invoice_id uuid NOT NULL,
  account_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, invoice_id, revision)
);
CREATE INDEX collected_invoice ON collected (invoice_id);

CREATE TABLE credit (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  participant_id uuid NOT NULL REFERENCES participant,
  sale_link_id uuid NOT NULL REFERENCES sale_link,
  plan_id uuid NOT NULL,
  plan_version int NOT NULL,
  cause text NOT NULL,                  -- "inv_...", "cn_...", "pay_...", "sale_..."
  basis_minor bigint NOT NULL,
  split_percent numeric(28,8) NOT NULL,
  earned_minor bigint NOT NULL,
  credited_before_minor bigint NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor = earned_minor - credited_before_minor),
  currency text NOT NULL,
  derivation jsonb NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  FOREIGN KEY (plan_id, plan_version) REFERENCES commission_terms
);
CREATE INDEX credit_sale_link ON credit (sale_link_id, participant_id, currency);
CREATE INDEX credit_participant ON credit (participant_id, currency);
CREATE INDEX credit_account ON credit (account_id);
-- The statements' work list: written with the credit, emptied by the statement that takes it.
CREATE TABLE unstated_credit (
  credit_id uuid PRIMARY KEY REFERENCES credit,
  participant_id uuid NOT NULL,
  currency text NOT NULL,
  period date NOT NULL                  -- first day of the division's month of known_at
);
CREATE INDEX unstated_credit_period ON unstated_credit (period, participant_id, currency);

CREATE TABLE commission_statement (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  participant_id uuid NOT NULL REFERENCES participant,
  currency text NOT NULL,
  period date NOT NULL CHECK (extract(day FROM period) = 1),
  number int NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'approved', 'paid')),
  line_count bigint NOT NULL CHECK (line_count > 0),
  earned_minor bigint NOT NULL,
  paid_minor bigint CHECK (paid_minor >= 0),
  paid_before_minor bigint,
  credited_minor bigint,                -- when it was paid: what all credits came to
  reference text,
  created_at timestamptz NOT NULL,
  UNIQUE (participant_id, currency, period, number),
  CHECK ((status = 'paid') = (paid_minor IS NOT NULL)),
  CHECK ((status = 'paid') = (paid_before_minor IS NOT NULL)),
  CHECK ((status = 'paid') = (credited_minor IS NOT NULL))
);
CREATE TABLE statement_line (
  credit_id uuid PRIMARY KEY REFERENCES credit,  -- a credit is on one statement at most
  commission_statement_id uuid NOT NULL REFERENCES commission_statement
);
CREATE INDEX statement_line_statement ON statement_line (commission_statement_id);
CREATE TABLE commission_statement_step (
  commission_statement_id uuid NOT NULL REFERENCES commission_statement,
  revision bigint NOT NULL,             -- of the statement after it
  status text NOT NULL,                 -- after it
  user_id uuid,                         -- null: the job made it
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (commission_statement_id, revision)
);

-- What is agreed or told never changes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['commission_terms', 'commission_rate', 'plan_assignment',
    'sale_line', 'sale_link_step', 'sale_split', 'billed', 'billed_total', 'collected', 'credit',
    'statement_line', 'commission_statement_step'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END
$$;
CREATE FUNCTION refuse_other_amounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.participant_id, NEW.currency, NEW.period, NEW.number, NEW.line_count, NEW.earned_minor)
     IS DISTINCT FROM
     (OLD.participant_id, OLD.currency, OLD.period, OLD.number, OLD.line_count, OLD.earned_minor)
     OR OLD.status = 'paid' THEN
    RAISE EXCEPTION 'a commission statement only moves from draft to approved to paid';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER amounts_stay BEFORE UPDATE ON commission_statement
  FOR EACH ROW EXECUTE FUNCTION refuse_other_amounts();

-- Access. The functions run as the schema's owner, whom the policies do not bind.

-- Whether the commission is the caller's.
CREATE FUNCTION earned_by_caller(participant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM participant AS p
                 WHERE p.id = participant AND p.user_id = caller_user_id())
$$;
-- Whether the caller shares the commission from the step on.
CREATE FUNCTION shared_by_caller(link uuid, step bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM sale_split AS s JOIN participant AS p ON p.id = s.participant_id
                 WHERE s.sale_link_id = link AND s.revision = step
                   AND p.user_id = caller_user_id())
$$;

ALTER TABLE sale_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON sale_link
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
-- A sale that was found to be the caller's is seen in full.
CREATE POLICY own_sales ON sale_link FOR SELECT
  USING (status IN ('verified', 'resolved') AND shared_by_caller(id, split_revision));
ALTER TABLE sale_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON sale_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE sale_link_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_visible_sales ON sale_link_step
  USING (EXISTS (SELECT FROM sale_link AS l WHERE l.id = sale_link_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE sale_split ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_visible_sales ON sale_split
  USING (EXISTS (SELECT FROM sale_link AS l WHERE l.id = sale_link_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE billed ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON billed
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE billed_total ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON billed_total
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE collected ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON collected
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE credit ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON credit
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
CREATE POLICY own_credits ON credit FOR SELECT USING (earned_by_caller(participant_id));
-- A statement is of many accounts: its participant's, and of those who see all accounts of all
-- divisions.
CREATE FUNCTION caller_sees_statements_of(participant uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce(caller_sees_all() AND cardinality(caller_division_ids()) = 0, false)
         OR earned_by_caller(participant)
$$;
ALTER TABLE commission_statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_statements ON commission_statement
  USING (caller_sees_statements_of(participant_id))
  WITH CHECK (caller_sees_statements_of(participant_id));

-- All sale links that can be claimed and those that the caller sees; of what is not seen, `masked`,
-- only columns that name nobody, and whether the claim is one's own. A view, since its owner is not
-- bound by the policies. No security barrier: it would read all sales for each page of a list, and
-- conditions on its columns, which are all that our statements have, see what is masked as null.
CREATE VIEW recognisable_sale_link AS
  SELECT l.id, l.revision, l.status, NOT s.seen AS masked,
         CASE WHEN s.seen THEN l.account_id END AS account_id,
         CASE WHEN s.seen THEN l.division_id END AS division_id,
         CASE WHEN s.seen THEN l.order_id END AS order_id,
         CASE WHEN s.seen THEN l.contract_id END AS contract_id,
         CASE WHEN s.seen THEN l.crm_price_minor END AS crm_price_minor,
         CASE WHEN s.seen THEN l.contract_price_minor END AS contract_price_minor,
         CASE WHEN s.seen THEN l.currency END AS currency,
         CASE WHEN s.seen THEN l.accepted_on END AS accepted_on,
         CASE WHEN s.seen THEN l.delivery_start END AS delivery_start,
         l.product_names, to_char(l.delivery_start, 'YYYY-MM') AS delivery_month, l.price_band,
         CASE WHEN s.seen OR l.claimed_by = caller_user_id() THEN l.participant_id END
           AS participant_id,
         CASE WHEN s.seen THEN l.split_revision END AS split_revision,
         CASE WHEN s.seen THEN l.verified_by END AS verified_by, l.created_at
  FROM sale_link AS l
  CROSS JOIN LATERAL (SELECT
    (continuo_sees_account(l.account_id) AND caller_sees_division(l.division_id))
    OR (l.status IN ('verified', 'resolved') AND shared_by_caller(l.id, l.split_revision))
      AS seen) AS s
  WHERE s.seen OR l.status IN ('open', 'claimed', 'contested');

-- Locks a sale link that the caller may see or recognise; what a rule needs to know of it.
CREATE FUNCTION lock_recognisable_sale_link(link uuid, may_claim boolean) RETURNS TABLE (
  revision bigint, status text, account_id uuid, contract_id uuid, accepted_on date,
  time_zone text, participant_id uuid, claimed_by uuid, contested_by uuid, split_revision bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT l.revision, l.status, l.account_id, l.contract_id, l.accepted_on, l.time_zone,
         l.participant_id, l.claimed_by, l.contested_by, l.split_revision
  FROM sale_link AS l
  WHERE l.id = link
    AND ((continuo_sees_account(l.account_id) AND caller_sees_division(l.division_id))
         OR (l.status IN ('verified', 'resolved') AND shared_by_caller(l.id, l.split_revision))
         OR (may_claim AND l.status IN ('open', 'claimed', 'contested')))
  FOR UPDATE
$$;
-- Moves a sale link that lock_recognisable_sale_link has locked and the rules let move, and keeps
-- the step, in accounts that the caller does not see too. Without participants the splits stay.
CREATE FUNCTION move_sale_link(link uuid, new_status text, step uuid, why text, day date,
                               at timestamptz, claimer uuid, participants uuid[],
                               percents numeric[], plans uuid[], versions int[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  moved sale_link;
BEGIN
  UPDATE sale_link AS l
  SET status = new_status, revision = l.revision + 1,
      participant_id = coalesce(claimer, l.participant_id),
      claimed_by = CASE WHEN new_status = 'claimed' THEN caller_user_id() ELSE l.claimed_by END,
      contested_by = CASE WHEN new_status = 'contested' THEN caller_user_id()
                     ELSE l.contested_by END,
      verified_by = CASE WHEN new_status IN ('verified', 'resolved') THEN caller_user_id()
                    ELSE l.verified_by END,
      split_revision = CASE WHEN cardinality(participants) > 0 THEN l.revision + 1
                       ELSE l.split_revision END
  WHERE l.id = link
  RETURNING * INTO STRICT moved;
  INSERT INTO sale_link_step (id, sale_link_id, revision, account_id, status, user_id, reason,
                              effective_on, known_at)
  VALUES (step, link, moved.revision, moved.account_id, new_status, caller_user_id(), why, day, at);
  INSERT INTO sale_split (sale_link_id, revision, account_id, participant_id, percent, plan_id,
                          plan_version)
  SELECT link, moved.revision, moved.account_id, s.participant_id, s.percent, s.plan_id, s.version
  FROM unnest(participants, percents, plans, versions)
    AS s (participant_id, percent, plan_id, version);
  RETURN moved.revision;
END
$$;
