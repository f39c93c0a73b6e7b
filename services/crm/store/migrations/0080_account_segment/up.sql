-- What kind of customer an account is; price books are made for segments.
ALTER TABLE account ADD COLUMN segment text;
CREATE INDEX account_segment ON account (segment) WHERE segment IS NOT NULL;
