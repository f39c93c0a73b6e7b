"""Row 13: what idle connections cost, and what one key at full blast costs another."""
import os
import re
import resource
import socket
import subprocess
import tempfile
import time

from measure import detail, line, lua_get, median
from stack import Cluster, Stack, require

PROGRAMS = []
IDLE = 10_000
ROUNDS = 3
SECONDS = 6
LOUD_CONNECTIONS = 64
QUIET_PAUSE_MS = 2  # well below the rate of its key


def cpu_seconds(process):
    fields = open("/proc/%d/stat" % process.pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_connections(stack):
    """Each has had an answer, and stays."""
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < IDLE + 1_000:
        most = IDLE + 1_000
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(few, IDLE + 1_000), most))
    request = b"GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n" % stack.key.encode()
    stack.admin.get("/v1/me")
    before = stack.memory("VmRSS")
    clients = []
    try:
        for _ in range(IDLE):
            client = socket.create_connection(("127.0.0.1", stack.http_port), 30)
            clients.append(client)
            client.sendall(request)
            require(client.recv(8192).startswith(b"HTTP/1.1 200"), "an idle connection had its answer")
        grown = (stack.memory("VmRSS") - before) / 1024
        began = cpu_seconds(stack.process)
        time.sleep(10)
        share = (cpu_seconds(stack.process) - began) / 10
        for client in clients[::997]:
            client.sendall(request)
            require(client.recv(8192).startswith(b"HTTP/1.1 200"), "an idle connection is served again")
    finally:
        for client in clients:
            client.close()
    line("13", "resident for {:,} idle connections, each after a request".format(IDLE),
         "%.1f MB" % grown, "-", "-", "<= 60 MB")
    detail("%.1f %% of a core while they are idle; %.0f MB resident before" % (share * 100, before / 1024))


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def load(stack, key, connections, pause_ms=0):
    """wrk with /v1/me, under way: as fast as it can, or with a pause after each answer."""
    file = tempfile.NamedTemporaryFile("w", suffix=".lua")
    file.write(lua_get(["/v1/me"], key))
    if pause_ms:
        file.write("delay = function() return %d end\n" % pause_ms)
    file.flush()
    process = subprocess.Popen(
        ["wrk", "-t1", "-c%d" % connections, "-d%ds" % SECONDS, "--latency", "-s", file.name,
         "http://127.0.0.1:%d/" % stack.http_port], stdout=subprocess.PIPE, text=True)
    process.script = file
    return process


def outcome(process):
    text = process.communicate()[0]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return {"p99": milliseconds(re.search(r"99%\s+(\S+)", text).group(1)),
            "answers": int(re.search(r"(\d+) requests in", text).group(1)),
            "refused": int(refused.group(1)) if refused else 0}


def fairness(stack):
    keys = []
    profile = stack.admin.make("/v1/security_profiles", {
        "name": "Bench", "sees": "all", "permissions": ["accounts.read"]})
    for name in ("quiet", "loud"):
        user = stack.admin.make("/v1/users", {"email": name + "@example.com", "name": name,
                                              "profile_id": profile["id"]})
        keys.append(stack.admin.make("/v1/api_keys", {"user_id": user["id"]})["secret"])
    quiet, loud = keys
    alone, beside, blasts = [], [], []
    for _ in range(ROUNDS):
        found = outcome(load(stack, quiet, 1, QUIET_PAUSE_MS))
        require(found["refused"] == 0, "the quiet key is never refused")
        alone.append(found["p99"])
        blast = load(stack, loud, LOUD_CONNECTIONS)
        found = outcome(load(stack, quiet, 1, QUIET_PAUSE_MS))
        blasts.append(outcome(blast))
        require(found["refused"] == 0, "the quiet key is never refused beside the loud one")
        beside.append(found["p99"])
    require(all(each["refused"] > 0 for each in blasts), "the loud key is beyond its rate")
    ratio = median(beside) / median(alone)
    line("13", "p99 of a key beside another at full blast, 64 conn.", "%.2f ms" % median(beside),
         "%.2f ms" % median(alone), "%.2f" % ratio, "<= 2")
    detail("p99 alone %s ms, beside %s ms; the loud key: %s" % (
        ", ".join("%.2f" % each for each in alone), ", ".join("%.2f" % each for each in beside),
        ", ".join("{answers:,} answers, {refused:,} of them 429".format(**each) for each in blasts)))


class Default(Stack):
    """With the rates that a new installation has."""

    def _configure(self):
        super()._configure()
        settings = self.settings[0]
        settings.write_text(re.sub(r"rate_\w+ = \d+\n", "", settings.read_text()))


def run(options):
    with Cluster(), Stack("idle") as stack:
        idle_connections(stack)
    with Cluster(), Default("fairness") as stack:
        fairness(stack)
