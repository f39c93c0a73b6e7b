"""Ways to break the program from outside, by triggers: a fault test must see each of them.

(what is broken, the fault during which it shows, the table, the timing, the trigger's body)
"""

BREAKAGES = [
    ("answers to Idempotency-Keys are not kept",
     "crm killed after a command's commit, before its answer",
     "crm.idempotency_key", "BEFORE INSERT", "RETURN NULL;"),
    ("answers to Idempotency-Keys are not kept", "commit replies of crm lost",
     "crm.idempotency_key", "BEFORE INSERT", "RETURN NULL;"),
    ("a slow line loses events for good", "network: quoting on a slow line",
     "quoting.event_log", "BEFORE INSERT",
     "IF random() < 0.1 THEN RETURN NULL; END IF; RETURN NEW;"),
    ("every webhook is taken for delivered and none is sent twice",
     "webhook targets of every bad kind", "webhooks.webhook_attempt", "BEFORE INSERT",
     "NEW.http_status := 200; NEW.error := NULL; RETURN NEW;"),
    ("some events are lost before they are stamped", "quoting killed after produce",
     "crm.event_log", "BEFORE INSERT",
     "IF random() < 0.1 THEN RETURN NULL; END IF; RETURN NEW;"),
    ("a replay emits events again", "events delivered twice",
     "contracts.consumer_position", "BEFORE UPDATE", """
     IF NEW.seq < OLD.seq THEN
       INSERT INTO contracts.event_log (event_id, topic, partition, key, type, subject,
         source_version, data, correlation, causation, traceparent, known_at)
       SELECT gen_random_uuid(), topic, partition, key, type, subject, source_version, data,
         correlation, causation, traceparent, known_at
       FROM contracts.event_log WHERE topic = 'contracts' AND type = 'contract.activated' LIMIT 1;
     END IF;
     RETURN NEW;"""),
    ("an audit entry is written twice", "every backend terminated, five times",
     "quoting.event_log", "AFTER INSERT", """
     IF NEW.topic = 'quoting.audit' AND pg_trigger_depth() = 1 THEN
       INSERT INTO quoting.event_log (event_id, topic, partition, key, type, subject,
         source_version, data, correlation, causation, traceparent, known_at)
       SELECT gen_random_uuid(), NEW.topic, NEW.partition, NEW.key, NEW.type, NEW.subject,
         NEW.source_version, NEW.data, NEW.correlation, NEW.causation, NEW.traceparent,
         NEW.known_at;
     END IF;
     RETURN NULL;"""),
]


def break_it(stack, table, timing, body):
    stack.sql("CREATE FUNCTION public.breakage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
              "AS $$ BEGIN %s END $$" % body)
    stack.sql("CREATE TRIGGER breakage %s ON %s FOR EACH ROW EXECUTE FUNCTION public.breakage()"
              % (timing, table))


def mend_it(stack):
    stack.sql("DROP FUNCTION public.breakage() CASCADE")
