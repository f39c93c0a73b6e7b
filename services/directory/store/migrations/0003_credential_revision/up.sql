-- One row that moves with every change to what a credential grants, so that the gateway learns with
-- one cheap question that what it keeps holds no longer. By triggers, so that no use case can
-- forget it. A new key or user changes nothing that was granted, but a refusal may be kept too.

CREATE TABLE credential_revision (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  revision bigint NOT NULL
);
INSERT INTO credential_revision (revision) VALUES (0);

CREATE FUNCTION move_credential_revision() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE credential_revision SET revision = revision + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER credential_revision AFTER INSERT OR UPDATE OR DELETE ON api_key
  FOR EACH STATEMENT EXECUTE FUNCTION move_credential_revision();
CREATE TRIGGER credential_revision AFTER INSERT OR UPDATE OR DELETE ON member
  FOR EACH STATEMENT EXECUTE FUNCTION move_credential_revision();
CREATE TRIGGER credential_revision AFTER UPDATE OR DELETE ON security_profile
  FOR EACH STATEMENT EXECUTE FUNCTION move_credential_revision();
