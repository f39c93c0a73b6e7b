-- What an opportunity was worth, and since when, is only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER opportunity_value_is_kept BEFORE UPDATE OR DELETE ON opportunity_value
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
