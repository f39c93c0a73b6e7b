"""Continuo as many processes on a Postgres of its own, each of which can be ended, killed, stopped,
armed with failpoints (libs/postgres/failpoint.h) and doubled while the others live on.

It looks into the database where REST shows too little: leases, positions, logs.
"""
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scenarios/lib"))
import continuo
from continuo import Failed, await_true

KILLED = -signal.SIGKILL


class Stack(continuo.Instance):
    """`surroundings` (lib/network.py, lib/clock.py) say where the processes run."""

    def __init__(self, transport, kafka=None, surroundings=None):
        super().__init__("faults_" + transport, many=True, own_cluster=True,
                         events=kafka.settings if kafka else "")
        self.transport, self.kafka = transport, kafka
        self.surroundings = surroundings or Surroundings()
        self.mended_at = None  # when the last disturbance was over

    def wrapped(self, name):
        return self.surroundings.wrapped(name)

    def host(self, name):
        return self.surroundings.host(name)

    def launch(self, name, settings, services, environment=None):
        return super().launch(name, settings, services,
                              {**self.surroundings.environment(), **(environment or {})})

    def _start_database(self):
        super()._start_database()
        self.surroundings.lend_database(self)

    def _configure(self):
        super()._configure()
        self.surroundings.configure(self)

    # Processes.

    def process(self, name):
        return next(process for known, process in reversed(self.processes) if known == name)

    def start(self, name, failpoints=""):
        """Not ready yet. Its predecessor of that name has ended."""
        index = continuo.SERVICES.index(name)
        self.processes = [(n, p) for n, p in self.processes if n != name]
        environment = {"CONTINUO_FAILPOINTS": failpoints} if failpoints else {}
        return self.launch(name, self.settings[index], self.groups[index], environment)

    def await_ready(self, name):
        port = self.admin_ports[continuo.SERVICES.index(name)]
        await_true(lambda: self._ready(name, self.process(name), port), name + " is ready", 40)

    def end(self, name):
        """As an operator does."""
        process = self.process(name)
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(10)
        except subprocess.TimeoutExpired:
            raise Failed("%s does not end within 10 s of SIGTERM" % name)
        if code != 0:
            raise Failed("%s: SIGTERM ended it with %d" % (name, code))

    def arm(self, name, failpoints):
        """Restarts it so that it dies or stops at these places."""
        self.end(name)
        process = self.start(name, failpoints)
        port = self.admin_ports[continuo.SERVICES.index(name)]
        # It may reach the place as soon as it runs.
        await_true(lambda: process.poll() == KILLED or self._ready(name, process, port),
                   name + " is ready", 40)
        return process

    def restart_dead(self, name):
        """After kill -9. What it held is given back at once instead of at its lease's end."""
        process = self.process(name)
        if process.poll() != KILLED:
            raise Failed("%s was to be killed and ended with %s" % (name, process.poll()))
        self.sql("UPDATE %s.lease SET expires_at = now() WHERE holder LIKE '%%/%d'"
                 % (name, process.pid)) if name != "gateway" else None
        self.start(name)
        self.await_ready(name)
        self.mended()

    def double(self, name, failpoints=""):
        """A second process of the service, which nobody calls: it relays, consumes, has jobs."""
        http, admin, rpc = continuo.free_ports(3)
        index = continuo.SERVICES.index(name)
        text = self.settings[index].read_text()
        text = text.replace("[http]\nport = %d" % self.http_port, "[http]\nport = %d" % http)
        text = text.replace("[admin]\nport = %d" % self.admin_ports[index],
                            "[admin]\nport = %d" % admin)
        listen = next(line for line in text.splitlines() if line.startswith("listen"))
        text = text.replace(listen, 'listen = "127.0.0.1:%d"' % rpc)
        second = name + "-2"
        settings = self.directory / (second + ".toml")
        settings.write_text(text)
        environment = {"CONTINUO_FAILPOINTS": failpoints} if failpoints else {}
        process = self.launch(second, settings, self.groups[index], environment)
        await_true(lambda: self._ready(second, process, admin), second + " is ready", 40)
        return second

    def drop_double(self, name):
        self.end(name)
        self.processes = [(n, p) for n, p in self.processes if n != name]

    def stopped(self, name):
        """Whether SIGSTOP has reached it."""
        stat = pathlib.Path("/proc/%d/stat" % self.process(name).pid).read_text()
        return stat.rsplit(")", 1)[1].split()[0] == "T"

    def wake(self, name):
        self.process(name).send_signal(signal.SIGCONT)
        self.mended()

    def all_alive(self):
        return all(process.poll() is None for _, process in self.processes)

    def mended(self):
        self.mended_at = time.monotonic()

    # Postgres.

    def sql(self, statement):
        """Rows of texts."""
        done = subprocess.run(
            ["psql", "%s dbname=%s" % (self.server, self.database), "-XAtq", "-F", "\t", "-v",
             "ON_ERROR_STOP=1", "-c", statement], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Failed("psql: %s: %s" % (statement[:200], done.stderr[-500:]))
        return [line.split("\t") for line in done.stdout.splitlines()]

    def session(self):
        return Session("%s dbname=%s" % (self.server, self.database))

    def crash_postgres(self):
        subprocess.run([str(continuo.ROOT / "tests/postgres"), "crash", self.cluster], check=True,
                       capture_output=True)

    def restart_postgres(self):
        subprocess.run([str(continuo.ROOT / "tests/postgres"), "restart", self.cluster],
                       check=True, capture_output=True,
                       env={**continuo.ENVIRONMENT, **self.surroundings.environment()})
        self.mended()

    def set_synchronous_standby(self, name):
        """With one that there is not, every commit is made and waits before it is answered."""
        self.sql("ALTER SYSTEM SET synchronous_standby_names = '%s'" % name)
        self.sql("SELECT pg_reload_conf()")
        continuo.await_true(lambda: self.sql("SHOW synchronous_standby_names") == [[name]],
                            "synchronous_standby_names = '%s'" % name, 10)

    def terminate_backends(self):
        """All but our own. How many there were."""
        return int(self.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                            "backend_type = 'client backend' AND pid <> pg_backend_pid()")[0][0])

    def relay_holder(self, service):
        """The pid of the process whose relay works now."""
        rows = self.sql("SELECT holder FROM %s.lease WHERE name = 'relay' AND expires_at > "
                        "clock_timestamp()" % service)
        return int(rows[0][0].rsplit("/", 1)[1]) if rows else None

    def schemas_with(self, table):
        return [row[0] for row in self.sql(
            "SELECT nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace "
            "WHERE relname = '%s' AND relkind IN ('r', 'p') ORDER BY 1" % table)]

    def tell_of_failure(self):
        """What the processes complained of, for whoever looks into a failure."""
        complaints = [line for line in self.logs().splitlines()
                      if line and '"level":"info"' not in line and "a request failed" not in line
                      and not line.startswith(("WARNING:  terminating", "FATAL:  terminating"))]
        for line in complaints[-20:]:
            print("    " + line[:400])


class Surroundings:
    """The machine as it is."""

    shared = True  # whether one stack may live through fault after fault

    @staticmethod
    def missing():
        """What is not there to make them; empty: nothing."""
        return ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def wrapped(self, _name):
        return []

    def host(self, _name):
        return "127.0.0.1"

    def environment(self):
        return {}

    def lend_database(self, stack):
        pass

    def configure(self, stack):
        pass


class Session:
    """One psql that keeps its transaction open: to hold what others want."""

    def __init__(self, conninfo):
        self.process = subprocess.Popen(
            ["psql", conninfo, "-XAtq", "-v", "ON_ERROR_STOP=1"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __enter__(self):
        self.run("BEGIN")
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.run("COMMIT")
            self.process.stdin.close()
        self.process.wait(10)

    def run(self, statement):
        """Returns once the statement has."""
        self.process.stdin.write(statement + ";\n\\echo done\n")
        self.process.stdin.flush()
        said = []
        for line in self.process.stdout:
            if line.strip() == "done":
                return said
            said.append(line)
        raise Failed("psql: %s: %s" % (statement, "".join(said)))
