-- Whether the caller sees the account; the policy decides.
SELECT FROM account_node WHERE account_id = $1
