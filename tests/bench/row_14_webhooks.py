"""Row 14: webhooks delivered to sinks on this machine, with the share of the CPU that each part takes."""
import os
import pathlib
import subprocess
import time

import edge
from measure import detail, line, rate
from stack import Cluster, Stack, require

PROGRAMS = ["continuo_bench_http_hello"]
ENDPOINTS = 200
EVENTS = 300
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids):
    """Of these processes, and of their children that have not ended."""
    spent = 0
    for pid in pids:
        try:
            fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        spent += (int(fields[11]) + int(fields[12])) / TICK
    return spent


def children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return [int(each) for each in found.stdout.split()]


def one(cluster, stack, statement):
    return cluster.psql(statement, database=stack.database)[0][0]


def make_endpoints(cluster, stack, port):
    """One over REST, with its secret; the others are its copies under ids of their own."""
    first = stack.admin.make("/v1/webhook_endpoints", {
        "url": "http://127.0.0.1:%d/hook" % port, "event_types": ["product.*"]})["id"]
    require(first.startswith("we_"), "the endpoint is made")
    cluster.script(
        "SET search_path = webhooks;"
        "INSERT INTO webhook_endpoint SELECT (jsonb_populate_record(e, jsonb_build_object("
        "  'id', gen_random_uuid()))).* FROM webhook_endpoint AS e, generate_series(2, %d);"
        "INSERT INTO webhook_endpoint_state (endpoint_id) SELECT id FROM webhook_endpoint"
        "  EXCEPT SELECT endpoint_id FROM webhook_endpoint_state;"
        "INSERT INTO webhook_secret (endpoint_id, secret) SELECT e.id, k.secret"
        "  FROM webhook_endpoint AS e, webhook_secret AS k"
        "  WHERE NOT EXISTS (SELECT FROM webhook_secret AS s WHERE s.endpoint_id = e.id);"
        % ENDPOINTS, stack.database)


def make_events(cluster, stack):
    cluster.script(
        "INSERT INTO webhooks.feed_event (id, topic, type, subject, source_version, key, data,"
        " traceparent, known_at)"
        " SELECT gen_random_uuid(), 'catalogue', 'product.updated', 'prod_' || n, 1, 'prod_' || n,"
        " '{\"id\":\"prod_' || n || '\",\"revision\":2,\"changes\":{\"name\":{\"from\":\"\\\"old\\\"\","
        "\"to\":\"\\\"new\\\"\"}}}', '', now() FROM generate_series(1, %d) AS n" % EVENTS,
        stack.database)


def send(cluster, stack, sink):
    """Seconds from the first attempt to the last record, and what each part spent meanwhile."""
    wanted = ENDPOINTS * EVENTS
    postmaster = int(pathlib.Path(cluster.directory, "data/postmaster.pid").read_text().split()[0])
    parts = {"sender": [stack.process.pid], "postgres": children(postmaster), "sink": [sink]}
    before = {name: cpu_seconds(pids) for name, pids in parts.items()}
    began = time.monotonic()
    while int(one(cluster, stack, "SELECT count(*) FROM webhooks.webhook_delivery "
                  "WHERE status = 'delivered'")) < wanted:
        require(time.monotonic() - began < 150, "all are delivered in time")
        time.sleep(0.5)
    spent = {name: cpu_seconds(pids) - before[name] for name, pids in parts.items()}
    took = float(one(cluster, stack, "SELECT extract(epoch FROM max(d.delivered_at) - "
                     "min(a.started_at)) FROM webhooks.webhook_delivery AS d "
                     "JOIN webhooks.webhook_attempt AS a ON a.delivery_id = d.id"))
    return took, spent


def gate(cluster, stack):
    """Each event to each endpoint, once."""
    found = one(cluster, stack, "SELECT count(*) || ' ' || count(DISTINCT delivery_id) || ' ' || "
                "count(*) FILTER (WHERE http_status = 200) FROM webhooks.webhook_attempt")
    wanted = ENDPOINTS * EVENTS
    require(found == "%d %d %d" % (wanted, wanted, wanted), "one attempt each: " + found)


def run(options):
    with Cluster() as cluster, Stack("webhooks") as stack, edge.Hello() as hello:
        make_endpoints(cluster, stack, hello.port)
        cluster.checkpoint()
        make_events(cluster, stack)
        took, spent = send(cluster, stack, hello.process.pid)
        gate(cluster, stack)
    sent = ENDPOINTS * EVENTS
    line("14", "webhooks: {:,} to {:,} endpoints, signed and logged".format(sent, ENDPOINTS),
         rate(sent / took), "-", "-", "5,000/s")
    detail("CPU for each delivery: " + ", ".join(
        "%s %.0f us" % (name, seconds / sent * 1e6) for name, seconds in spent.items()) +
        "; in all %.2f of %d cores" % (sum(spent.values()) / took, os.cpu_count()))
