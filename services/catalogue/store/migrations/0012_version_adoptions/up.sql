-- From when those who bought a product before are sold a version. Append-only.
CREATE TABLE version_adoption (
  id uuid PRIMARY KEY,
  product_id uuid NOT NULL,
  version int NOT NULL,
  effective_from date NOT NULL,
  reason text,
  created_at timestamptz NOT NULL,
  CONSTRAINT version_adoption_version FOREIGN KEY (product_id, version)
    REFERENCES product_version (product_id, version)
);
CREATE INDEX version_adoption_in_force ON version_adoption (product_id, effective_from, created_at);
CREATE TRIGGER version_adoption_is_immutable BEFORE UPDATE OR DELETE ON version_adoption
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- So far existing customers were sold what everybody was.
INSERT INTO version_adoption (id, product_id, version, effective_from, created_at)
SELECT gen_random_uuid(), product_id, version, effective_from, published_at FROM product_version;
