-- One row, read without a lock: a change that has not committed yet is seen by the next question.
SELECT revision FROM credential_revision
