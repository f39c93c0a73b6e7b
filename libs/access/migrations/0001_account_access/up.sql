-- Who may see which account: a projection of directory's responsibility links, closed over the tree
-- of accounts, in every service that holds account data.

CREATE TABLE account_access (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  valid_from date NOT NULL,
  valid_to date,              -- exclusive; null: open
  PRIMARY KEY (account_id, user_id, valid_from),
  CHECK (valid_to > valid_from)
);

-- The newest revision of an account's grants that has been taken in: an older one never replaces it.
CREATE TABLE account_access_revision (
  account_id uuid PRIMARY KEY,
  revision bigint NOT NULL
);

-- For row-level security policies: CREATE POLICY linked_accounts ON x USING (continuo_sees_account(account_id)).
-- Nothing is seen when a setting is missing. plpgsql, since a SQL function with a subquery is not
-- inlined and starts an executor for each row; here the first test is an expression, and the second
-- a look-up in the primary key by a kept plan.
CREATE FUNCTION continuo_sees_account(account uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50 AS $$
BEGIN
  IF caller_sees_all() THEN
    RETURN true;
  END IF;
  RETURN EXISTS (
    SELECT FROM account_access AS a
    WHERE a.account_id = account AND a.user_id = caller_user_id()
      AND a.valid_from <= business_date()
      AND (a.valid_to IS NULL OR business_date() < a.valid_to));
END
$$;
