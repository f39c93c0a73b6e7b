-- Bundles in bundles, prices agreed in place of the list's, ramps and terms of a line's own.
ALTER TABLE quote_line
  ADD COLUMN bundles jsonb NOT NULL DEFAULT '[]',   -- innermost first
  ADD COLUMN ramp_segment jsonb,
  ADD COLUMN term_length jsonb,                     -- in place of the product's term
  ADD COLUMN override_unit_price numeric(28,8),
  ADD COLUMN override_reason text;
ALTER TABLE order_line
  ADD COLUMN bundles jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN term_length jsonb,
  ADD COLUMN override_reason text;
