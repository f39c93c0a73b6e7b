-- The caller's own view, as the policies have it.
SELECT continuo_sees_account($1) AS sees
