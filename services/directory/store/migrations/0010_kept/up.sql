-- What people will ask about later is only ever added to, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER exchange_rate_is_kept BEFORE UPDATE OR DELETE ON exchange_rate
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER responsibility_link_ending_is_kept BEFORE UPDATE OR DELETE ON responsibility_link_ending
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
