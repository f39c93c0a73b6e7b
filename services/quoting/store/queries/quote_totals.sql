-- The totals of some quotes as the API shows them. Reads only.
SELECT id, ROW(one_off_minor, currency) AS one_off, ROW(monthly_minor, currency) AS monthly,
       ROW(yearly_minor, currency) AS yearly, ROW(term_minor, currency) AS term_total,
       ROW(list_one_off_minor, currency) AS list_one_off,
       ROW(list_monthly_minor, currency) AS list_monthly,
       ROW(list_yearly_minor, currency) AS list_yearly,
       ROW(list_term_minor, currency) AS list_term_total, effective_discount_percent
FROM quote WHERE id = ANY ($1::uuid[])
