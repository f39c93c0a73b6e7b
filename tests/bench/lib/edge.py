"""What rows 5 and 6 share: a REST call against the serial sum of its bare costs.

bare = 1 / (1/a + 1/b + 1/c), with (a) an HTTP hello on the same edge, (b) an in-process gRPC call of
the same sizes, (c) the SQL transaction that the service sends, run by pgbench.
"""
import subprocess

from measure import (CONNECTIONS, SECONDS, Wrk, alternate, detail, line, pgbench, rate, serial)
from stack import ROOT

PROGRAMS = ["continuo_bench_http_hello", "continuo_bench_in_process_call"]
REQUEST_BYTES = 60
EDGE_THREADS = 2  # the program's default for http.threads
# As libs/postgres opens its sessions.
SESSION = ("-c search_path=billing -c jit=off -c timezone=UTC -c datestyle=ISO -c bytea_output=hex "
           "-c client_min_messages=error -c standard_conforming_strings=on")
ROLE = "continuo_billing_api"


class Hello:
    def __enter__(self):
        self.process = subprocess.Popen(
            [str(ROOT / "build/bench/continuo_bench_http_hello"), str(EDGE_THREADS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def call_in_process(answer_bytes):
    done = subprocess.run(
        [str(ROOT / "build/bench/continuo_bench_in_process_call"), str(SECONDS), str(CONNECTIONS),
         str(REQUEST_BYTES), str(answer_bytes)], capture_output=True, text=True, check=True)
    return float(done.stdout)


class Ours:
    """wrk against the gateway; every answer must be right."""

    def __init__(self, port, new_script):
        self.port, self.new_script = port, new_script
        self.completed, self.p99 = 0, []
        self.run = 0

    def __call__(self):
        self.run += 1
        wrk = Wrk(self.port, self.new_script(self.run))
        if wrk.failed:
            raise RuntimeError("%d answers were no success:\n%s" % (wrk.failed, wrk.text))
        self.completed += wrk.completed
        self.p99.append(wrk.p99)
        return wrk.per_second


def compare(row, what, goal, cluster, ours, hello_script, answer_bytes, sql):
    """Prints the row. `sql`: (database, pgbench scripts)."""
    database, scripts = sql
    conninfo = "host=%s user=%s dbname=%s" % (cluster.directory, ROLE, database)
    with Hello() as hello:
        found = alternate(
            cluster.checkpoint,
            hello=lambda: Wrk(hello.port, hello_script).per_second,
            call=lambda: call_in_process(answer_bytes),
            sql=lambda: pgbench(conninfo, scripts, SESSION),
            ours=ours)
    bare = serial(found["hello"], found["call"], found["sql"])
    line(row, what, rate(found["ours"]), rate(bare), "%.2f" % (found["ours"] / bare), goal)
    detail("HTTP hello %s, in-process call %s, SQL by pgbench %s; without the call: %.2f; our p99 %s" % (
        rate(found["hello"]), rate(found["call"]), rate(found["sql"]),
        found["ours"] / serial(found["hello"], found["sql"]), ", ".join(ours.p99)))
