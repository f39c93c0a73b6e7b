"""Postgres stops as in a crash and comes back; and all of its connections end, again and again. No
process of ours may end, and none is restarted."""
import time

from continuo import Failed, await_true
from fault import Fault, outlived, some_moment

# What the background of each service writes: leases, and how far its events are.
TABLES = ["lease", "relay_position", "consumer_position"]


def during(work):
    """`work(stack, rng, played)` beside the round, and all processes outlive it."""
    return lambda stack, rng, played: outlived(stack, lambda: work(stack, rng, played))


def stop_immediately(stack, rng, played):
    some_moment(rng, played)
    stack.crash_postgres()
    time.sleep(rng.uniform(0, 1))
    stack.restart_postgres()


def terminate_backends(stack, rng, _played):
    ended = 0
    for _ in range(5):
        time.sleep(rng.uniform(0.1, 0.4))
        ended += stack.terminate_backends()
    stack.mended()
    if ended == 0:
        raise Failed("there was no connection to end")


def refuse_to_write(stack, _rng, _played):
    """As with a full disk, for what runs by itself: each service is refused at least twice."""
    schemas = stack.schemas_with("event_log")
    stack.sql("CREATE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql "
              "SECURITY DEFINER AS $$ BEGIN "
              "PERFORM nextval('public.refused_' || TG_TABLE_SCHEMA); "
              "RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
    for schema in schemas:
        stack.sql("CREATE SEQUENCE public.refused_" + schema)
        for table in TABLES:
            stack.sql("CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON %s.%s "
                      "FOR EACH STATEMENT EXECUTE FUNCTION public.disk_full()" % (schema, table))
    refused = " AND ".join("(SELECT last_value FROM public.refused_%s) > 1" % schema
                           for schema in schemas)
    await_true(lambda: stack.sql("SELECT " + refused) == [["t"]], "all services are refused", 30)
    stack.sql("DROP FUNCTION public.disk_full() CASCADE")
    for schema in schemas:
        stack.sql("DROP SEQUENCE public.refused_" + schema)
    stack.mended()


FAULTS = [
    Fault("Postgres stopped immediate and started", "Postgres stopped",
          during(stop_immediately)),
    Fault("every backend terminated, five times", "backends terminated",
          during(terminate_backends)),
    Fault("Postgres refusing to write, as with a full disk", "Postgres stopped",
          during(refuse_to_write)),
]
