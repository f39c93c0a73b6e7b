-- A tax rate is told anew, never changed: each version holds from its valid_from, and of two that begin
-- on the same day the later known one. What a rate said on a day, as it was known then, stays to be
-- read. A release that does not know of versions reads the view as it read the table; it cannot write.
ALTER TABLE tax_rate RENAME TO tax_rate_version;
ALTER TABLE tax_rate_version DROP CONSTRAINT tax_rate_pkey, DROP CONSTRAINT tax_rate_day;
ALTER TABLE tax_rate_version
  ALTER revision DROP DEFAULT,
  ADD withdrawn boolean NOT NULL DEFAULT false,  -- the last version: from then on there is no such rate
  ADD known_at timestamptz,
  ADD CONSTRAINT tax_rate_version_pkey PRIMARY KEY (id, revision);
-- Changes that were made in place have left no time of their own.
UPDATE tax_rate_version SET known_at = created_at;
ALTER TABLE tax_rate_version ALTER known_at SET NOT NULL;
CREATE TRIGGER tax_rate_version_is_immutable BEFORE UPDATE OR DELETE ON tax_rate_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What holds from each day on. That no two rates say something of the same day is checked under
-- lock_tax_rates.
CREATE VIEW tax_rate AS
SELECT DISTINCT ON (v.country, v.customer_country, v.tax_code, v.valid_from)
       v.id, v.revision, v.country, v.customer_country, v.tax_code, v.rate, v.valid_from,
       v.created_at
FROM tax_rate_version AS v
WHERE NOT EXISTS (SELECT FROM tax_rate_version AS w WHERE w.id = v.id AND w.withdrawn)
ORDER BY v.country, v.customer_country, v.tax_code, v.valid_from, v.revision DESC;
