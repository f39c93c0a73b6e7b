-- What the last entry must come to.
SELECT position, hash FROM audit_chain
