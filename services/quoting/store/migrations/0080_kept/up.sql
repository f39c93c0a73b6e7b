-- What people will ask about later is only ever added to, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER quote_revision_is_kept BEFORE UPDATE OR DELETE ON quote_revision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_exchange_rate_is_kept BEFORE UPDATE OR DELETE ON quote_exchange_rate
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_comment_is_kept BEFORE UPDATE OR DELETE ON quote_comment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_comment_is_kept BEFORE UPDATE OR DELETE ON proposal_comment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_is_kept BEFORE UPDATE OR DELETE ON acceptance
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A version keeps what it said; how it came out is filled in.
CREATE TRIGGER quote_version_is_kept BEFORE DELETE ON quote_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_version_says_the_same BEFORE UPDATE ON quote_version
  FOR EACH ROW WHEN ((OLD.id, OLD.quote_id, OLD.account_id, OLD.version, OLD.content_hash, OLD.quote,
                      OLD.content_paths, OLD.content_values, OLD.changes, OLD.submitted_by,
                      OLD.submitted_at)
         IS DISTINCT FROM
                     (NEW.id, NEW.quote_id, NEW.account_id, NEW.version, NEW.content_hash, NEW.quote,
                      NEW.content_paths, NEW.content_values, NEW.changes, NEW.submitted_by,
                      NEW.submitted_at))
  EXECUTE FUNCTION refuse_change();

-- An order stands. One without a quote lets go of the draft that it was priced as, in its own transaction.
CREATE TRIGGER order_is_kept BEFORE DELETE ON "order"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_is_kept BEFORE DELETE ON order_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_line_says_the_same BEFORE UPDATE ON order_line
  FOR EACH ROW WHEN (to_jsonb(OLD) - 'quote_line_id' IS DISTINCT FROM to_jsonb(NEW) - 'quote_line_id')
  EXECUTE FUNCTION refuse_change();
