-- The books are locked: who plans into the period later is posted to the next.
SELECT has_unposted_revenue($1::uuid, $2::date) AS unposted
