-- What people will ask about later is only ever added to, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER contract_amendment_is_kept BEFORE UPDATE OR DELETE ON contract_amendment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contract_line_is_kept BEFORE UPDATE OR DELETE ON contract_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contract_line_end_is_kept BEFORE UPDATE OR DELETE ON contract_line_end
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contract_order_is_kept BEFORE UPDATE OR DELETE ON contract_order
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER purchase_order_line_is_kept BEFORE UPDATE OR DELETE ON purchase_order_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER release_batch_is_kept BEFORE UPDATE OR DELETE ON release_batch
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER schedule_line_release_is_kept BEFORE UPDATE OR DELETE ON schedule_line_release
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER schedule_line_void_is_kept BEFORE UPDATE OR DELETE ON schedule_line_void
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawn_schedule_line_is_kept BEFORE UPDATE OR DELETE ON withdrawn_schedule_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
