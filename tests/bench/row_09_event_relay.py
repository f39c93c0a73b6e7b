"""Row 9: the event relay. Draining a full log, and the way of one event from commit to effect."""
import json
import os
import shutil
import subprocess

from measure import line, rate
from stack import ROOT, Cluster, require

PROGRAMS = ["continuo_bench_event_relay"]
EVENTS = 20_000
RATES = {1_000: 25, 10_000: 100}  # events per second -> aimed at, ms at the 99th percentile
SECONDS = 6


def measure(*arguments):
    done = subprocess.run([str(ROOT / "build/bench/continuo_bench_event_relay"),
                           *map(str, arguments)], capture_output=True, text=True, timeout=170,
                          env=dict(os.environ))
    require(done.returncode == 0, "the relay's benchmark: " + done.stderr[-1000:])
    return json.loads(done.stdout)


def show(carrier):
    found = measure("drain", carrier, EVENTS)
    bare = min(found["stamp"], found["produce"])
    line("9", "relay, %s: a log of {:,} events drained".format(EVENTS) % carrier,
         rate(found["ours"]), rate(bare), "%.2f" % (found["ours"] / bare), "measured")
    for events, most in RATES.items():
        found = measure("latency", carrier, events, SECONDS)
        line("9", "relay, %s: commit to effect at %s, p50 / p99" % (carrier, rate(found["rate"])),
             "%.1f / %.1f ms" % (found["p50"], found["p99"]), "-", "-", "p99 ~ %d ms" % most)


def run(options):
    with Cluster():
        show("postgres")
        if options.no_kafka or not (shutil.which("java") and shutil.which("mvn")):
            return
        show("kafka")
