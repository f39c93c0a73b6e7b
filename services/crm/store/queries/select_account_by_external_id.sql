-- The account that a system knows under an id. Reads only; the insert's primary key decides races.
SELECT account_id FROM account_external_id WHERE system = $1 AND external_id = $2
