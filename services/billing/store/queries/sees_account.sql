-- Reads only: whether the caller may use this account.
SELECT continuo_sees_account($1::uuid) AS sees
