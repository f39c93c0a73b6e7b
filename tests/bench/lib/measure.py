"""Load generators, medians, and the lines that a benchmark prints.

A figure is a median of rounds. The rounds of what is compared alternate, each after a checkpoint,
so that a slow minute of the machine hits all of them.
"""
import itertools
import os
import re
import statistics
import subprocess
import tempfile

CONNECTIONS = 16
SECONDS = 4
ROUNDS = 3
_pgbench_runs = itertools.count()


def median(values):
    return statistics.median(values)


def alternate(checkpoint, **measurements):
    """Medians by name."""
    found = {name: [] for name in measurements}
    for _ in range(ROUNDS):
        for name, measure in measurements.items():
            checkpoint()
            found[name].append(measure())
    return {name: median(values) for name, values in found.items()}


def serial(*rates):
    """What one after the other comes to: 1 / (1/a + 1/b + ...)."""
    return 1 / sum(1 / rate for rate in rates)


def line(row, what, value, bare, ratio, goal=""):
    """One figure: ours, the bare limit of the same run, their ratio."""
    load = os.getloadavg()[0]
    print("%-4s %-52s %14s %14s %7s  %-14s load %.1f" % (row, what, value, bare, ratio, goal, load),
          flush=True)


def heading():
    print("%-4s %-52s %14s %14s %7s  %s" % ("row", "what", "ours", "bare limit", "ratio", "goal"),
          flush=True)


def detail(text):
    print("     " + text, flush=True)


def rate(value, unit="/s"):
    return "{:,.0f}{}".format(value, unit)


class Wrk:
    """What wrk says. `completed` counts answers, `failed` those that are not 2xx or 3xx."""

    def __init__(self, port, script, seconds=SECONDS):
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
            file.write(script)
            file.flush()
            done = subprocess.run(
                ["wrk", "-t2", "-c%d" % CONNECTIONS, "-d%ds" % seconds, "--latency", "-s", file.name,
                 "http://127.0.0.1:%d/" % port], capture_output=True, text=True, check=True)
        text = done.stdout
        self.text = text
        self.per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        self.completed = int(re.search(r"(\d+) requests in", text).group(1))
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)",
                           text)
        self.failed = int(bad.group(1)) if bad else 0
        self.failed += sum(map(int, broken.groups())) if broken else 0
        self.p99 = re.search(r"99%\s+(\S+)", text).group(1)


def lua_get(paths, key):
    """Asks for the paths one after the other; requests are formatted once."""
    quoted = ", ".join('"%s"' % path for path in paths)
    return """
local paths = {%s}
local headers = {["Authorization"] = "Bearer %s", ["Accept"] = "application/json"}
local requests, n = {}, 0
init = function()
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path, headers) end
end
request = function()
  n = n %% #requests + 1
  return requests[n]
end
""" % (quoted, key)


def lua_post(path, body, key, run):
    """The same body again and again, each under an Idempotency-Key of its own."""
    return """
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
local headers = {["Authorization"] = "Bearer %s", ["Content-Type"] = "application/json"}
local n = 0
request = function()
  n = n + 1
  headers["Idempotency-Key"] = "bench-%s-" .. number .. "-" .. n
  return wrk.format("POST", "%s", headers, [==[%s]==])
end
""" % (key, run, path, body)


def pgbench(conninfo, scripts, options, seconds=SECONDS):
    """Transactions per second of the scripts, each with the same share. `options`: PGOPTIONS.

    A script finds :n, which no transaction of its client has had before, in this run or another.
    """
    with tempfile.TemporaryDirectory(prefix="continuo-bench-") as directory:
        files = []
        for number, script in enumerate(scripts):
            path = "%s/%d.sql" % (directory, number)
            with open(path, "w") as file:
                file.write(script)
            files += ["-f", path]
        done = subprocess.run(
            ["pgbench", "-n", "-M", "simple", "-c", str(CONNECTIONS), "-j", "2", "-T", str(seconds),
             "-D", "fresh=1", "-D", "n=%d" % (next(_pgbench_runs) * 10_000_000), *files, conninfo],
            capture_output=True, text=True, env=dict(os.environ, PGOPTIONS=options))
    if done.returncode != 0 or "aborted" in done.stderr:
        raise RuntimeError("pgbench: " + done.stderr[-2000:])
    return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))
