"""What must be true after a fault: all laws hold, nothing is lost, nothing happened twice.

The measure is a round of the workload that nothing disturbed. A disturbed one must leave exactly the
same: as many rows in every table of every service, as many events of every type, and by each single
request the same events.
"""
import collections
import time

from continuo import Failed

from workload import GROSS

LIMIT = 60  # seconds to converge in
# Tables that say how the work was done, not what was done.
MECHANISM = {"lease", "consumer_position", "relay_position", "business_clock", "deferred_event"}
# How many runs of a day it takes to invoice what was ordered on it depends on who orders when; each
# tells of its end, and the feed of events has that too.
TIMING = {"billing.bill_run", "billing.event_log", "event bill_run.completed",
          "webhooks.feed_event"}


# How many transactions a job took is timing too: what it left is counted where it is.
NOT_OF_JOBS = {"event_log": "WHERE NOT (topic LIKE '%.audit' AND data LIKE '%\"action\":\"%.job.%')",
               "audit_entry": "WHERE action NOT LIKE '%.job.%'"}


def census(stack):
    """Rows of every table of every service, and events of every type."""
    tables = stack.sql(
        "SELECT n.nspname, c.relname FROM pg_class AS c "
        "JOIN pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
        "AND EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid AND relname = 'event_log')")
    counts = " UNION ALL ".join(
        "SELECT '%s.%s', count(*) FROM %s.\"%s\" %s" % (schema, table, schema, table,
                                                     NOT_OF_JOBS.get(table, ""))
        for schema, table in tables if table not in MECHANISM)
    types = " UNION ALL ".join("SELECT type FROM %s.event_log %s" % (
        schema, NOT_OF_JOBS["event_log"]) for schema in stack.schemas_with("event_log"))
    rows = stack.sql(counts + " UNION ALL SELECT 'event ' || type, count(*) FROM (" + types +
                     ") AS events GROUP BY 1")
    return collections.Counter({name: int(count) for name, count in rows if name not in TIMING})


def difference(after, before):
    return {name: after[name] - before[name] for name in set(after) | set(before)
            if after[name] != before[name]}


def follow_ups(stack, journal):
    """{step: [events of each request, as {type: count}]}"""
    events = " UNION ALL ".join("SELECT correlation, type FROM %s.event_log" % schema
                                for schema in stack.schemas_with("event_log"))
    requests = ", ".join("'%s'" % write.request_id for write in journal)
    found = collections.defaultdict(dict)
    for request, kind, count in stack.sql(
            "SELECT correlation, type, count(*) FROM (%s) AS events WHERE correlation IN (%s) "
            "GROUP BY 1, 2" % (events, requests)):
        found[request][kind] = int(count)
    steps = collections.defaultdict(list)
    for write in journal:
        steps[write.step].append(found[write.request_id])
    return steps


def converge(stack):
    """Waits until every law holds and all is produced. Seconds since the fault was over."""
    last = ""
    while True:
        seconds = time.monotonic() - stack.mended_at
        verify = stack.run("verify", "--as", "postgres", "--patience", "0")
        last = "\n".join(line for line in (verify.stdout + verify.stderr).splitlines()
                         if not line.startswith("holds"))
        if verify.returncode == 0:
            last = unproduced(stack)
            if not last:
                return seconds
        if seconds > LIMIT:
            raise Failed("it does not converge within %d s: %s" % (LIMIT, last))
        time.sleep(0.1)


def unproduced(stack):
    """The streams that stand still between their log and the transport."""
    return ["%s/%s stamped to %s, produced to %s" % tuple(row) for row in stack.sql(
        " UNION ALL ".join("SELECT topic, partition, stamped_seq, produced_seq FROM "
                           "%s.relay_position WHERE produced_seq < stamped_seq" % schema
                           for schema in stack.schemas_with("relay_position")))]


class Measure:
    """What an undisturbed round leaves behind."""

    def __init__(self, stack, played, before):
        self.left = difference(census(stack), before)
        self.seconds = played.seconds
        self.steps = {}
        for step, requests in follow_ups(stack, played.journal).items():
            if any(events != requests[0] for events in requests):
                raise Failed("undisturbed, %s leads to different events: %s" % (step, requests))
            self.steps[step] = requests[0]

    def compare(self, stack, played, before, ignores=()):
        check_journal(stack, played)
        for step, requests in follow_ups(stack, played.journal).items():
            for events in requests:
                if events != self.steps[step]:
                    raise Failed("%s led to the events %s and not %s" % (
                        step, events, self.steps[step]))
        left = difference(census(stack), before)
        wrong = {name: (left.get(name, 0), self.left.get(name, 0))
                 for name in set(left) | set(self.left)
                 if left.get(name, 0) != self.left.get(name, 0)
                 and not name.startswith(tuple(ignores))}
        if wrong:
            raise Failed("rows (left, should be): %s" % wrong)


def check_journal(stack, played):
    """What was acknowledged is there, and every deal is invoiced and paid once."""
    for write in played.journal:
        created = write.answer.status == 201 and "id" in write.answer.json
        if created and stack.admin.get("%s/%s" % (write.path, write.answer["id"])).status != 200:
            raise Failed("%s was acknowledged and is not there: %s" % (write.step, write.answer))
    for deal in range(played.DEALS):
        invoices = played.invoices(deal)
        cents = sum(int(invoice["total"]["amount"].replace(".", "")) for invoice in invoices)
        if cents != int(GROSS.replace(".", "")):
            raise Failed("deal %d is invoiced with %d cents and not %s" % (deal, cents, GROSS))
        statuses = {invoice["status"] for invoice in invoices}
        if statuses != {"paid"}:
            raise Failed("deal %d is paid and its invoices are %s" % (deal, statuses))
