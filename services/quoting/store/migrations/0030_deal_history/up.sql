-- Where a quote came from, and the exchange rates that a version was handed in with.

ALTER TABLE quote ADD cloned_from_id uuid;

-- Rates as directory gave them on the day of the submission; the margin at frozen rates stands on
-- them. Append-only.
CREATE TABLE quote_exchange_rate (
  quote_id uuid NOT NULL REFERENCES quote,
  version int NOT NULL,
  account_id uuid NOT NULL,
  cost_currency text NOT NULL,
  base text NOT NULL,
  quote text NOT NULL,
  rate numeric(28,8) NOT NULL CHECK (rate > 0),
  "on" date NOT NULL,
  source text,
  PRIMARY KEY (quote_id, version, cost_currency)
);
ALTER TABLE quote_exchange_rate ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_exchange_rate USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
