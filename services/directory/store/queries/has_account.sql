-- Whether any account has been heard of, whoever may see it: each is closed over when it comes.
SELECT revision > 0 AS any FROM access_closure
