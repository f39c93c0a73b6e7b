-- Whose a thing is, by its id alone: looks into every table of this schema that row-level security
-- guards by account. Ids are unique over all tables (UUIDv7), so the first table that has it decides. A
-- new table takes part by itself. Asked only after a miss, by the worker, whom the policies do not bind.
CREATE FUNCTION continuo_accounts_of(thing uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  guarded regclass;
BEGIN
  FOR guarded IN
    SELECT t.oid::regclass
    FROM pg_class AS t
    JOIN pg_attribute AS i ON i.attrelid = t.oid AND i.attname = 'id' AND i.atttypid = 'uuid'::regtype
    JOIN pg_attribute AS a
      ON a.attrelid = t.oid AND a.attname = 'account_id' AND a.atttypid = 'uuid'::regtype
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relrowsecurity
      AND t.relkind IN ('r', 'p')
    ORDER BY t.oid
  LOOP
    RETURN QUERY EXECUTE format('SELECT account_id FROM %s WHERE id = $1 AND account_id IS NOT NULL',
                                guarded) USING thing;
    IF FOUND THEN
      RETURN;
    END IF;
  END LOOP;
END
$$;
