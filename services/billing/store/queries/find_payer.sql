-- Reads only: whether the caller may use this account, and whether it was billed before.
SELECT continuo_sees_account($1::uuid) AS sees,
       EXISTS (SELECT FROM customer_head WHERE account_id = $1::uuid) AS billed
