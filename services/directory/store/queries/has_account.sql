-- Whether any account has been heard of, whoever may see it.
SELECT EXISTS (SELECT FROM access_closure WHERE revision > 0) AS any
