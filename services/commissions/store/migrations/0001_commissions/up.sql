-- Who sold it and what that earns. Steps, billed amounts and credits are only ever added.

CREATE TABLE commission_plan (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  rate_percent numeric(28,8) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
  created_at timestamptz NOT NULL
);

CREATE TABLE participant (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  user_id uuid NOT NULL CONSTRAINT participant_user UNIQUE,
  plan_id uuid NOT NULL REFERENCES commission_plan,
  created_at timestamptz NOT NULL
);

CREATE TABLE sale_link (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('open', 'claimed', 'verified')),
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  order_id uuid NOT NULL,
  contract_id uuid NOT NULL UNIQUE,     -- each contract has one sale link
  crm_price_minor bigint,               -- in `currency`; null: crm had no value in it
  contract_price_minor bigint NOT NULL,
  currency text NOT NULL,
  delivery_start date,
  product_names text[] NOT NULL,
  participant_id uuid REFERENCES participant,
  claimed_by uuid,
  verified_by uuid CHECK (verified_by <> claimed_by),
  created_at timestamptz NOT NULL,
  CHECK ((status = 'open') = (participant_id IS NULL)),
  CHECK ((status = 'verified') = (verified_by IS NOT NULL))
);
ALTER TABLE sale_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON sale_link
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- How a sale link went: the evidence of a claim, who verified it.
CREATE TABLE sale_link_step (
  sale_link_id uuid NOT NULL REFERENCES sale_link,
  revision bigint NOT NULL,             -- of the sale link after it
  account_id uuid NOT NULL,
  status text NOT NULL,
  participant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  evidence text NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (sale_link_id, revision)
);
ALTER TABLE sale_link_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON sale_link_step
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

CREATE TABLE billed (
  invoice_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  account_id uuid NOT NULL,
  net_minor bigint NOT NULL,
  currency text NOT NULL,
  effective_on date NOT NULL,           -- issued on
  known_at timestamptz NOT NULL,
  PRIMARY KEY (contract_id, invoice_id)
);
ALTER TABLE billed ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON billed
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

CREATE TABLE credit (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  participant_id uuid NOT NULL REFERENCES participant,
  sale_link_id uuid NOT NULL REFERENCES sale_link,
  plan_id uuid NOT NULL REFERENCES commission_plan,
  billed_to_date_minor bigint NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  known_at timestamptz NOT NULL
);
CREATE INDEX credit_sale_link ON credit (sale_link_id);
CREATE INDEX credit_participant ON credit (participant_id, known_at);
ALTER TABLE credit ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON credit
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- The sale links that the caller may see, and of those that it may only recognise, the columns that
-- name nobody. Runs as the owner, whom the policies do not bind: nothing but these columns gets out.
CREATE FUNCTION recognisable_sale_link(may_claim boolean) RETURNS TABLE (
  id uuid, revision bigint, status text, masked boolean, account_id uuid, division_id uuid,
  order_id uuid, contract_id uuid, crm_price_minor bigint, contract_price_minor bigint,
  currency text, delivery_start date, product_names text[], delivery_month text, price_band text,
  participant_id uuid, verified_by uuid, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT l.id, l.revision, l.status, NOT s.seen,
         CASE WHEN s.seen THEN l.account_id END, CASE WHEN s.seen THEN l.division_id END,
         CASE WHEN s.seen THEN l.order_id END, CASE WHEN s.seen THEN l.contract_id END,
         CASE WHEN s.seen THEN l.crm_price_minor END,
         CASE WHEN s.seen THEN l.contract_price_minor END,
         CASE WHEN s.seen THEN l.currency END, CASE WHEN s.seen THEN l.delivery_start END,
         l.product_names, to_char(l.delivery_start, 'YYYY-MM'),
         CASE WHEN l.contract_price_minor > 0 THEN
           power(10::numeric, b.digits)::bigint || '-' || power(10::numeric, b.digits + 1)::bigint
         ELSE '0' END || ' ' || l.currency,
         l.participant_id, l.verified_by, l.created_at
  FROM sale_link AS l
  LEFT JOIN participant AS p ON p.id = l.participant_id
  CROSS JOIN LATERAL (SELECT continuo_sees_account(l.account_id)
    OR (l.status = 'verified' AND p.user_id = caller_user_id()) IS TRUE AS seen) AS s
  CROSS JOIN LATERAL (
    SELECT greatest(length((l.contract_price_minor / 100)::text) - 1, 0) AS digits) AS b
  WHERE s.seen OR (may_claim AND (l.status = 'open' OR p.user_id = caller_user_id()))
$$;

-- Claims an open sale for the caller's participant, in accounts that the caller does not see too.
-- Runs as the owner; no row: it is not open, or not there.
CREATE FUNCTION claim_open_sale_link(link uuid, evidence text, at timestamptz)
RETURNS TABLE (id uuid, revision bigint, account_id uuid, contract_id uuid, participant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH claimed AS (
    UPDATE sale_link AS l
    SET status = 'claimed', participant_id = p.id, claimed_by = p.user_id,
        revision = l.revision + 1
    FROM participant AS p
    WHERE l.id = link AND l.status = 'open' AND p.user_id = caller_user_id()
    RETURNING l.id, l.revision, l.account_id, l.contract_id, l.participant_id, l.claimed_by),
  step AS (
    INSERT INTO sale_link_step (sale_link_id, revision, account_id, status, participant_id,
                                user_id, evidence, known_at)
    SELECT c.id, c.revision, c.account_id, 'claimed', c.participant_id, c.claimed_by, evidence, at
    FROM claimed AS c)
  SELECT c.id, c.revision, c.account_id, c.contract_id, c.participant_id FROM claimed AS c
$$;
