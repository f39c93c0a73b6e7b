-- What was last asked for, and the deal that was opened for what was not bought.
ALTER TABLE demand ADD last_asked numeric(28,8);
UPDATE demand SET last_asked = peak_asked;
ALTER TABLE demand ALTER last_asked SET NOT NULL;

ALTER TABLE residual_demand ADD last_asked numeric(28,8);
UPDATE residual_demand SET last_asked = peak_asked;
ALTER TABLE residual_demand ALTER last_asked SET NOT NULL;
ALTER TABLE residual_demand ADD opportunity_id uuid;
ALTER TABLE residual_demand ADD pursued_by uuid;
ALTER TABLE residual_demand ADD pursued_at timestamptz;
ALTER TABLE residual_demand DROP CONSTRAINT residual_demand_status_check;
ALTER TABLE residual_demand ADD CONSTRAINT residual_demand_status_check
  CHECK (status IN ('open', 'dismissed', 'pursued')) NOT VALID;
ALTER TABLE residual_demand VALIDATE CONSTRAINT residual_demand_status_check;
