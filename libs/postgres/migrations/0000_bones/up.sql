-- What every service's schema has: the answers given to idempotency keys, leases, the sandbox
-- clock, and the caller's access as row-level security policies read it.

CREATE TABLE idempotency_key (
  caller text NOT NULL,            -- the user, or "service:<name>": not the key that signed
  key text NOT NULL,
  fingerprint bytea NOT NULL,      -- SHA-256 of method and request
  answer bytea NOT NULL,           -- serialized, without fields shown once
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);
-- Rows arrive in the order of their time: a block range index is enough to find the old ones.
CREATE INDEX idempotency_key_created_at ON idempotency_key USING brin (created_at);

CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  epoch bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Makes the epoch a key column: taking a lease over waits for the transactions that hold its row
  -- FOR KEY SHARE, renewing it does not.
  UNIQUE (name, epoch)
);

-- A row is the business clock (sandbox); no row: the wall clock.
CREATE TABLE business_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  at timestamptz NOT NULL
);

-- Null, and so no rows, outside a transaction of libs/postgres.
CREATE FUNCTION caller_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('continuo.user_id', true), '')::uuid $$;

CREATE FUNCTION caller_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('continuo.sees_all', true) = 't', false) $$;

-- The caller's divisions; an empty array is no restriction.
CREATE FUNCTION caller_division_ids() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('continuo.division_ids', true), '')::uuid[] $$;

-- Whether something of this division (null: of none) is within the caller's divisions.
CREATE FUNCTION caller_sees_division(division_id uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(cardinality(caller_division_ids()) = 0 OR division_id IS NULL
                   OR division_id = ANY (caller_division_ids()), false) $$;

CREATE FUNCTION business_date() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('continuo.business_date', true), '')::date $$;
