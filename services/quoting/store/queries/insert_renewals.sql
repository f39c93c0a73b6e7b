-- The contracts of a new run $1, each once: pages of a list that moves meanwhile may name one twice.
WITH made AS (
  INSERT INTO renewal (id, renewal_run_id, contract_id, account_id, status)
  SELECT n.id, $1, n.contract_id, n.account_id, 'waiting'
  FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS n(id, contract_id, account_id)
  ON CONFLICT (renewal_run_id, contract_id) DO NOTHING
  RETURNING id)
UPDATE renewal_run SET contracts = (SELECT count(*) FROM made) WHERE id = $1
