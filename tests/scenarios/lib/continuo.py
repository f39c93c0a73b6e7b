"""A throw-away Continuo for scenario tests: cluster, database, processes, REST.

    with continuo.Instance("access") as instance:
        answer = instance.admin.get("/v1/accounts")
        continuo.check(answer.status == 200, "accounts are listed", answer)

CONTINUO_TEST_POSTGRES ("host=... user=postgres") lends a cluster; otherwise one is started and
removed. CONTINUO_PROGRAM names another binary than build/bin/continuo. Python's standard library
only. It knows nothing of the product but its command line and its REST interface.
"""
import contextlib
import fcntl
import http.client
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("CONTINUO_PROGRAM", str(ROOT / "build/bin/continuo"))
SERVICES = ["directory", "catalogue", "crm", "quoting", "contracts", "billing", "revenue",
            "commissions", "webhooks", "gateway"]
# Every CONTINUO_* variable is a setting of the program, and an unknown one stops it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("CONTINUO_")}
CLOCK = "2026-01-01T08:00:00Z"


class Failed(Exception):
    """The scenario cannot go on."""


failures = []


def check(condition, what, shown=""):
    """Tells the outcome; a wrong one is remembered and the scenario goes on."""
    if condition:
        print("ok: " + what, flush=True)
    else:
        failures.append(what)
        print("FAILED: %s: %s" % (what, shown), flush=True)
    return bool(condition)


def run_scenario(play):
    """Exit code 1 when anything failed; SIGTERM cleans up like Ctrl-C."""
    def stop(*_):
        raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, stop)
    try:
        play()
    except Failed as failed:
        check(False, str(failed))
    if failures:
        print("%d expectation(s) failed: %s" % (len(failures), "; ".join(failures)), file=sys.stderr)
        sys.exit(1)


def free_ports(count):
    """Nobody else here gets them meanwhile: below those that the kernel gives to clients, one after the other."""
    ports = []
    with open(pathlib.Path(tempfile.gettempdir()) / ("continuo-ports-%d" % os.getuid()), "a+") as last:
        fcntl.flock(last, fcntl.LOCK_EX)
        last.seek(0)
        port = int(last.read() or 0)
        while len(ports) < count:
            port = port + 1 if 15000 <= port < 30000 else 15000
            with contextlib.suppress(OSError), socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
                ports.append(port)
        last.truncate(0)
        last.write(str(port))
    return ports


def await_true(probe, what, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failed("%s: not within %d s" % (what, seconds))
        time.sleep(0.05)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode("utf-8", "replace")

    @property
    def json(self):
        try:
            return json.loads(self.text)
        except ValueError:
            return {}

    @property
    def code(self):
        return self.json.get("code") if isinstance(self.json, dict) else None

    @property
    def etag(self):
        return self.headers.get("etag")

    def __getitem__(self, name):
        if name not in self.json:
            raise Failed("there is no %s in %s" % (name, self))
        return self.json[name]

    def __str__(self):
        return "%d %s" % (self.status, self.text[:600])


class Rest:
    """One caller. A body that is not str or bytes is sent as JSON."""

    def __init__(self, port, key, host="127.0.0.1"):
        self.port, self.key, self.host = port, key, host

    def send(self, method, path, body=None, headers=None, idempotency_key=None):
        sent = {"Accept": "application/json"}
        if self.key:
            sent["Authorization"] = "Bearer " + self.key
        if method not in ("GET", "HEAD", "OPTIONS"):
            sent["Content-Type"] = "application/json"
            sent["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        for name, value in (headers or {}).items():
            sent.pop(name, None)
            if value is not None:
                sent[name] = value
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            try:
                connection.request(method, path, body, sent)
            except (BrokenPipeError, ConnectionResetError):
                if connection.sock is None:
                    raise  # it never stood
                # A body refused before it was read to its end: the answer is there.
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.send("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.send("POST", path, {} if body is None else body, **more)

    def patch(self, path, body, **more):
        return self.send("PATCH", path, body, **more)

    def make(self, path, body, **more):
        """A POST without which the scenario makes no sense; waits for all that follows from it."""
        answer = self.post(path, body, **more)
        if answer.status not in (200, 201):
            raise Failed("POST %s: %s" % (path, answer))
        self.await_follow_ups(answer.headers["x-request-id"])
        return answer

    def await_follow_ups(self, request_id):
        await_true(lambda: self.get("/v1/requests/" + request_id).json.get("done"),
                   "all that follows from request " + request_id, 60)


class Instance:
    """`many`: each service is a process of its own, over TCP. `events`: lines of [events]. `more`: lines
    of other sections of the configuration, by section. `own_cluster`: not the lent one, since it will
    be stopped and the like."""

    def __init__(self, name, many=False, events="", more=None, own_cluster=False):
        self.name, self.many, self.events, self.more = name, many, events, more or {}
        self.own_cluster = own_cluster
        self.processes, self.cluster, self.database = [], None, None
        self.comes_to_rest = True  # no: what it tells arrives nowhere, so that the laws of rest cannot hold

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="continuo-scenario-"))
        try:
            self._start_database()
            self._configure()
            self._run("migrate", "--as", "postgres", "--clock", CLOCK)
            self.key_file = self.directory / "key"
            self._run("keys", "create", "--out", str(self.key_file))
            self._serve()
            self.admin = self.caller(self.key_file.read_text().strip())
            return self
        except BaseException:
            self._clean()
            raise

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                if self.comes_to_rest:
                    self.check_laws()
                self._stop_processes()
        finally:
            self._clean()

    def caller(self, key):
        return Rest(self.http_port, key)

    def run(self, *arguments):
        """A command of the program with this instance's settings; its completed process."""
        return subprocess.run([PROGRAM, *arguments[:1], *self._config_for(arguments), *arguments[1:]],
                              capture_output=True, text=True, cwd="/", timeout=170,
                              env=ENVIRONMENT)

    def check_laws(self, when="at the end"):
        """What every scenario ends with."""
        verify = self.run("verify", "--as", "postgres")
        check(verify.returncode == 0, "%s: every law holds %s" % (self.name, when),
              verify.stdout[-600:] + verify.stderr[-600:])

    def sql(self, statement):
        """Lines of what psql answers, as a superuser."""
        done = subprocess.run(
            ["psql", self.server + " dbname=" + self.database, "-XAtq", "-v", "ON_ERROR_STOP=1",
             "-c", statement], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Failed("psql: %s: %s" % (statement[:200], done.stderr[-500:]))
        return done.stdout.splitlines()

    def logs(self):
        return "\n".join(path.read_text() for path in sorted(self.directory.glob("*.log")))

    # The option --config belongs to the program, not to its commands, but is accepted after them.
    def _config_for(self, arguments):
        return [] if arguments[0] == "demo" else ["--config", str(self.settings[0])]

    def _run(self, *arguments):
        ended = self.run(*arguments)
        if ended.returncode != 0:
            raise Failed("continuo %s: exit code %d: %s" % (
                " ".join(arguments), ended.returncode, (ended.stderr or ended.stdout)[-1500:]))

    def _start_database(self):
        server = os.environ.get("CONTINUO_TEST_POSTGRES")
        if not server or self.own_cluster:
            started = subprocess.run([str(ROOT / "tests/postgres"), "start"], capture_output=True,
                                     text=True, check=True)
            self.cluster = started.stdout.strip()
            server = "host=%s user=postgres" % self.cluster
        self.server = server
        name = "scenario_%s_%s" % (re.sub(r"\W", "_", self.name), secrets.token_hex(4))
        self._psql("create database " + name)
        self.database = name

    def _psql(self, statement):
        subprocess.run(["psql", self.server + " dbname=postgres", "-qc", statement], check=True,
                       capture_output=True)

    def _configure(self):
        (self.directory / "secret").write_text(secrets.token_hex(32))
        (self.directory / "secret").chmod(0o600)
        groups = [[each] for each in SERVICES] if self.many else [["all"]]
        ports = free_ports(1 + 2 * len(groups))
        self.http_port = ports[0]
        self.groups, self.settings, self.admin_ports = groups, [], []
        address = {g[0]: "127.0.0.1:%d" % ports[1 + 2 * i] for i, g in enumerate(groups)}
        # Users are part of the cluster's conninfo; each service connects as its own roles.
        url = re.sub(r"\buser=\S+\s*", "", self.server).strip() + " dbname=" + self.database
        for i, group in enumerate(groups):
            self.admin_ports.append(ports[2 + 2 * i])
            text = 'mode = "sandbox"\n[http]\nport = %d\n%s[admin]\nport = %d\n' % (
                self.http_port, self.more.get("http", ""), ports[2 + 2 * i])
            text += '[postgres]\nurl = "%s"\n' % url
            if self.events:
                text += "[events]\n" + self.events
            text += '[rpc]\nsecret_file = "%s"\n%s' % (self.directory / "secret",
                                                       self.more.get("rpc", ""))
            if self.many:
                if group[0] != "gateway":
                    text += 'listen = "%s"\n' % address[group[0]]
                text += "[rpc.peers]\n" + "".join(
                    '%s = "%s"\n' % (peer, address[peer]) for peer in SERVICES
                    if peer not in (group[0], "gateway"))
            path = self.directory / (group[0] + ".toml")
            path.write_text(text)
            self.settings.append(path)

    def _serve(self):
        for group, settings in zip(self.groups, self.settings):
            self.launch(group[0], settings, group)
        for (name, process), port in zip(self.processes, self.admin_ports):
            await_true(lambda: self._ready(name, process, port), name + " is ready", 40)

    def launch(self, name, settings, services, environment=None):
        """A process of these services, not ready yet. It writes on in the log of its name."""
        with open(self.directory / (name + ".log"), "a") as log:
            process = subprocess.Popen(
                [*self.wrapped(name), PROGRAM, "serve", "--config", str(settings), "--services",
                 ",".join(services)],
                stdout=log, stderr=subprocess.STDOUT, cwd="/",
                env={**ENVIRONMENT, **(environment or {})})
        self.processes.append((name, process))
        return process

    # Where a process of this name runs: before its command line, and the host that it is at.
    def wrapped(self, _name):
        return []

    def host(self, _name):
        return "127.0.0.1"

    def _ready(self, name, process, port):
        if process.poll() is not None:
            raise Failed("%s ended with %d: %s" % (name, process.returncode, self.logs()[-1500:]))
        try:
            return Rest(port, None, self.host(name)).get("/readyz").status == 200
        except OSError:
            return False

    def _stop_processes(self):
        for _, process in self.processes:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 10
        for name, process in self.processes:
            try:
                code = process.wait(max(0.01, deadline - time.monotonic()))
                check(code == 0, "%s: SIGTERM ends %s with 0" % (self.name, name), code)
            except subprocess.TimeoutExpired:
                check(False, "%s: SIGTERM ends %s within 10 s" % (self.name, name), "still runs")

    def _clean(self):
        for _, process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        if self.cluster:
            subprocess.run([str(ROOT / "tests/postgres"), "stop", self.cluster],
                           capture_output=True)
        elif self.database:
            self._psql("drop database if exists %s with (force)" % self.database)
        if failures and os.environ.get("CONTINUO_KEEP"):
            print("kept: %s" % self.directory)
        else:
            shutil.rmtree(self.directory, ignore_errors=True)
