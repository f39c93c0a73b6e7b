-- Published indices, and when each of their points became known. Points are append-only.
CREATE TABLE index_series (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  code text NOT NULL CONSTRAINT index_series_code UNIQUE,
  name text NOT NULL,
  source text,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE index_point (
  id uuid PRIMARY KEY,
  index_series_id uuid NOT NULL REFERENCES index_series,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  value numeric(28,8) NOT NULL CHECK (value > 0),
  known_on date NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT index_point_known UNIQUE (index_series_id, month, known_on)
);
CREATE TRIGGER index_point_is_immutable BEFORE UPDATE OR DELETE ON index_point
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
