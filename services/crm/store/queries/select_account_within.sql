-- Whether account $1 is account $2 or stands below it; under lock_account_tree.
SELECT account_is_within($1, $2) AS within
