"""Row 1: a bill run over pre-created lines, five to an invoice.

Bare: the same rows written into the same tables, set by set, by one SQL script, in one session and
in two; the faster one counts. Each run, bare or ours, has a fresh copy of one database.
"""
import subprocess
import time

from measure import ROUNDS, detail, line, median, rate
from stack import Cluster, Stack, continuo, require

PROGRAMS = []
LINES_PER_INVOICE = 5
DAY = "2026-01-01"  # the sandbox clock's, when nothing has moved it

# Accounts known to billing, their open items, and the work list: what contracts would have handed
# over, and crm announced.
FIXTURE = """
SET search_path = billing;
SET synchronous_commit = off;
CREATE TEMP TABLE one AS
SELECT n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS account_id
FROM generate_series(1, {invoices}) AS n;
INSERT INTO customer (account_id, revision, name, country, payment_days, address_lines, tax_numbers,
                      known_at)
SELECT account_id, 1, 'Customer ' || n, 'DE', 30, '{{Street 1,10115 Berlin,DE}}', '{{}}', now() FROM one;
INSERT INTO customer_head (account_id, revision, announced) SELECT account_id, 1, 1 FROM one;
INSERT INTO billable_item (id, account_id, division_id, source, contract_id, order_id, order_line_id,
  schedule_id, schedule_line_id, release_batch_id, description, quantity, period_start, period_end,
  bill_on, amount_minor, currency, tax_code, payment_days, created_at)
SELECT ('01910000-0000-7000-8000-' || lpad(to_hex(n * 8 + l), 12, '0'))::uuid, account_id,
  '{division}', 'schedule_line', account_id, account_id, account_id, account_id,
  ('01920000-0000-7000-8000-' || lpad(to_hex(n * 8 + l), 12, '0'))::uuid, account_id,
  'Platform licence, seat ' || l, 10, DATE '{day}', DATE '{day}' + 31, '{day}', 1000 + n % 977 + l,
  'EUR', 'standard', 30, now()
FROM one, generate_series(1, {per_invoice}) AS l ORDER BY 1;
INSERT INTO billing_due (division_id, account_id, currency, bill_on)
SELECT '{division}', account_id, 'EUR', '{day}' FROM one ORDER BY account_id;
ANALYZE;
"""

BARE = """
SET search_path = billing;
SET work_mem = '256MB';
BEGIN;
CREATE TEMP TABLE part ON COMMIT DROP AS
SELECT d.account_id, d.currency, d.bill_on, row_number() OVER (ORDER BY d.account_id) AS n,
       ('0193000{part}-0000-7000-8000-' ||
        lpad(to_hex(row_number() OVER (ORDER BY d.account_id)), 12, '0'))::uuid AS invoice_id
FROM billing_due AS d WHERE hashtext(d.account_id::text) % {parts} IN ({part}, -{part});
DELETE FROM billing_due AS d USING part AS p WHERE d.account_id = p.account_id;
INSERT INTO bill_run_group (bill_run_id, position, account_id, currency, bill_from)
SELECT '{run}', n, account_id, currency, bill_on FROM part;
INSERT INTO invoice_line (invoice_id, position, billable_item_id, account_id, net_minor, tax_rate)
SELECT p.invoice_id, row_number() OVER (PARTITION BY p.invoice_id ORDER BY i.bill_on, i.id), i.id,
       i.account_id, i.amount_minor, 19
FROM part AS p JOIN billable_item AS i ON i.account_id = p.account_id;
INSERT INTO invoice_tax (invoice_id, tax_code, rate, account_id, base_minor, tax_minor)
SELECT invoice_id, 'standard', 19, account_id, sum(net_minor), round(sum(net_minor) * 19 / 100.0)
FROM part JOIN invoice_line USING (invoice_id, account_id) GROUP BY invoice_id, account_id;
INSERT INTO invoice (id, account_id, division_id, bill_run_id, currency, issue_on, payment_days,
  net_minor, tax_minor, line_count, customer_revision, seller_revision, created_at)
SELECT invoice_id, account_id, '{division}', '{run}', 'EUR', '{day}', 30, base_minor, tax_minor,
       {per_invoice}, 1, 1, now()
FROM part JOIN invoice_tax USING (invoice_id, account_id);
INSERT INTO issued_invoice (invoice_id, account_id, division_id, series, sequence, number, issued_on,
                            due_on, currency, total_minor, known_at)
SELECT invoice_id, i.account_id, '{division}', 'B{part}', n, 'B{part}-' || lpad(n::text, 6, '0'),
       '{day}', DATE '{day}' + 30, 'EUR', net_minor + tax_minor, now()
FROM part JOIN invoice AS i ON i.id = invoice_id;
INSERT INTO event_log (event_id, topic, partition, key, type, subject, source_version, data,
                       correlation, causation, traceparent, account_id, known_at)
SELECT s.invoice_id, 'billing', n % 16, s.account_id::text, 'invoice.issued', s.invoice_id::text, 2,
       json_build_object('id', s.invoice_id, 'revision', 2, 'account_id', s.account_id, 'division_id',
         s.division_id, 'number', s.number, 'issued_on', s.issued_on, 'due_on', s.due_on,
         'net', json_build_object('amount', t.base_minor, 'currency', 'EUR'),
         'tax', json_build_object('amount', t.tax_minor, 'currency', 'EUR'),
         'total', json_build_object('amount', s.total_minor, 'currency', 'EUR'),
         'control_totals', json_build_object('count', {per_invoice}, 'sums', t.base_minor))::text,
       'bench', '', '', s.account_id, now()
FROM part AS p JOIN issued_invoice AS s USING (invoice_id) JOIN invoice_tax AS t USING (invoice_id);
COMMIT;
"""
RUN_ID = "01940000-0000-7000-8000-000000000001"

# What is wrong, in words; no row: all is right.
ORACLE = """
WITH item AS (SELECT count(*) AS lines, sum(amount_minor) AS net FROM billing.billable_item)
SELECT 'lines' FROM item WHERE lines <> (SELECT count(*) FROM billing.invoice_line)
UNION ALL SELECT 'net' FROM item WHERE net <> (SELECT sum(net_minor) FROM billing.invoice)
UNION ALL SELECT 'lines of an invoice' WHERE EXISTS (
  SELECT FROM billing.invoice AS i JOIN (
    SELECT invoice_id, sum(net_minor) AS net, count(*) AS lines FROM billing.invoice_line
    GROUP BY invoice_id) AS l ON l.invoice_id = i.id
  WHERE l.net <> i.net_minor OR l.lines <> i.line_count
     OR round(l.net * 19 / 100.0) <> i.tax_minor)
UNION ALL SELECT 'receivables' WHERE (SELECT sum(total_minor) FROM billing.issued_invoice)
  <> (SELECT sum(net_minor + tax_minor) FROM billing.invoice)
UNION ALL SELECT 'numbers' WHERE EXISTS (
  SELECT FROM billing.issued_invoice GROUP BY division_id, series
  HAVING min(sequence) <> 1 OR max(sequence) <> count(*) OR count(DISTINCT number) <> count(*))
UNION ALL SELECT 'events' WHERE (SELECT count(*) FROM billing.issued_invoice)
  <> (SELECT count(DISTINCT subject) FROM billing.event_log WHERE type = 'invoice.issued')
UNION ALL SELECT 'work left' WHERE EXISTS (SELECT FROM billing.billing_due)
"""


class BillRun:
    """A stack and the database, at rest, that every run begins with a copy of."""

    def __init__(self, cluster, stack, lines):
        self.cluster, self.stack = cluster, stack
        self.invoices = lines // LINES_PER_INVOICE
        self.lines = self.invoices * LINES_PER_INVOICE
        division = stack.admin.make("/v1/divisions", {
            "name": "Germany", "legal_name": "Example GmbH", "currency": "EUR", "country": "DE",
            "time_zone": "Europe/Berlin", "invoice_series": "DE"})
        stack.admin.make("/v1/tax_rates", {"country": "DE", "tax_code": "standard", "rate": "19",
                                           "valid_from": "2020-01-01"})
        self.division = division["id"]
        division_uuid = cluster.psql("SELECT id FROM directory.division",
                                     database=stack.database)[0][0]
        self.values = {"division": division_uuid, "day": DAY, "per_invoice": LINES_PER_INVOICE,
                       "invoices": self.invoices, "run": RUN_ID}
        stack.stop()
        cluster.script(FIXTURE.format(**self.values), stack.database)

    def bare(self, parts):
        """Lines per second of the script in `parts` sessions."""
        self.cluster.copy(self.stack.database, "bench_bare")
        self.cluster.psql("INSERT INTO billing.bill_run (id, division_id, bill_on, auto_issue, status, "
                          "created_at) VALUES ('%s', '%s', '%s', true, 'running', now())" % (
                              RUN_ID, self.values["division"], DAY), database="bench_bare")
        self.cluster.checkpoint()
        scripts = [BARE.format(parts=parts, part=part, **self.values) for part in range(parts)]
        # Groups of two sessions would meet on their positions.
        scripts = [text.replace("SELECT '%s', n, account" % RUN_ID,
                                "SELECT '%s', n * %d + %d, account" % (RUN_ID, parts, part))
                   for part, text in enumerate(scripts)]
        began = time.monotonic()
        sessions = [subprocess.Popen(["psql", self.cluster.url + " dbname=bench_bare", "-qXAt", "-v",
                                      "ON_ERROR_STOP=1", "-c", "SET jit = off", "-f", "-"],
                                     stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                    for _ in scripts]
        for session, text in zip(sessions, scripts):
            session.stdin.write(text)
            session.stdin.close()
        for session in sessions:
            said = session.stderr.read()
            require(session.wait() == 0, "the bare script: " + said)
        seconds = time.monotonic() - began
        self.check("bench_bare")
        return self.lines / seconds

    def ours(self):
        """(lines per second, most KiB resident) from the request to the run's completion."""
        self.cluster.copy(self.stack.database, "bench_ours")
        self.stack.start("bench_ours")
        self.cluster.checkpoint()
        self.stack.reset_peak()
        began = time.monotonic()
        run = self.request()
        seconds = time.monotonic() - began
        peak = self.stack.memory("VmHWM")
        require(run["invoices"] == self.invoices and run["set_aside"] == 0, "the run: %s" % run)
        self.check("bench_ours")
        again = self.request()
        require(again["invoices"] == 0, "a second run finds nothing to bill")
        self.check("bench_ours")
        self.stack.stop()
        return self.lines / seconds, peak

    def request(self):
        run = self.stack.admin.post("/v1/bill_runs", {"division_id": self.division, "bill_on": DAY,
                                                      "auto_issue": True})
        require(run.status == 201, "the run is taken: %s" % run)

        def ended():
            now = self.stack.admin.get("/v1/bill_runs/" + run["id"]).json
            return now if now["status"] == "completed" else None
        return continuo.await_true(ended, "the bill run's end", 600)

    def check(self, database):
        wrong = self.cluster.psql(ORACLE, database=database)
        require(not wrong, "%s differ from the items" % wrong)


def run(options):
    with Cluster() as cluster, Stack("bill_run") as stack:
        bill_run = BillRun(cluster, stack, options.lines)
        one, two, ours, peaks = [], [], [], []
        for _ in range(ROUNDS):
            one.append(bill_run.bare(1))
            two.append(bill_run.bare(2))
            value, peak = bill_run.ours()
            ours.append(value)
            peaks.append(peak)
        bare = max(median(one), median(two))
        line("1", "bill run: {:,} lines, {:,} invoices, lines".format(
            bill_run.lines, bill_run.invoices), rate(median(ours)), rate(bare),
            "%.2f" % (median(ours) / bare), "measured")
        detail("bare script in one session %s, in two %s; ours relays its events meanwhile, most "
               "resident %.0f MB" % (rate(median(one)), rate(median(two)), max(peaks) / 1024))
