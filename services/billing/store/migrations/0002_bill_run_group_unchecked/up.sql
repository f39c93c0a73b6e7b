-- The groups of a run are written by the one statement that takes its work list, while the run's row
-- is locked (take_due.sql). Checking the reference again for each of them cost two thirds of that
-- statement.
ALTER TABLE bill_run_group DROP CONSTRAINT bill_run_group_bill_run_id_fkey;
