-- One change of tax rates at a time; nobody who only reads them waits.
SELECT pg_advisory_xact_lock(hashtextextended('billing.tax_rate', 0))
