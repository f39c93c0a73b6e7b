-- What we sell and whom we buy it from. Nothing here belongs to an account.

CREATE TABLE product (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  code text NOT NULL CONSTRAINT product_code UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('one_off', 'recurring', 'bundle')),
  unit text,
  status text NOT NULL CHECK (status IN ('draft', 'published', 'retired')),
  version int NOT NULL,             -- the newest published one; 0: none
  pricing jsonb,
  billing jsonb,
  term jsonb,
  revenue jsonb,
  service_levels jsonb NOT NULL,
  purchasing jsonb NOT NULL,
  tax_code text,
  commission_class text,
  components jsonb NOT NULL,
  warnings jsonb NOT NULL,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);

-- Append-only: the product as it was published. effective_from says from when it may be sold,
-- published_at when that became known.
CREATE TABLE product_version (
  id uuid PRIMARY KEY,
  product_id uuid NOT NULL REFERENCES product,
  version int NOT NULL CHECK (version > 0),
  effective_from date NOT NULL,
  product jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  CONSTRAINT product_version_number UNIQUE (product_id, version)
);
CREATE INDEX product_version_on_sale ON product_version (product_id, effective_from, version);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published version never changes';
END
$$;
CREATE TRIGGER product_version_is_immutable BEFORE UPDATE OR DELETE ON product_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE supplier (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  code text CONSTRAINT supplier_code UNIQUE,
  name text NOT NULL,
  currency text,
  country text,
  tax_number text,
  payment_days int NOT NULL CHECK (payment_days >= 0),
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
