"""A throw-away Continuo to measure: a durable cluster of its own, a played deal, its processes."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/scenarios/lib"))
import continuo  # noqa: E402

# What a small production server would have; fsync is on, a plan is never compiled.
SETTINGS = ["fsync=on", "jit=off", "shared_buffers=2GB", "max_wal_size=8GB",
            "checkpoint_timeout=30min", "log_destination=jsonlog", "logging_collector=on",
            "log_directory=server_log", "log_rotation_size=0", "log_rotation_age=0"]


class Cluster:
    """Removed at the end, whatever happens."""

    def __enter__(self):
        started = subprocess.run([str(ROOT / "tests/postgres"), "start", *SETTINGS],
                                 capture_output=True, text=True, check=True)
        self.directory = started.stdout.strip()
        self.url = "host=%s user=postgres" % self.directory
        os.environ["CONTINUO_TEST_POSTGRES"] = self.url
        return self

    def __exit__(self, *_):
        del os.environ["CONTINUO_TEST_POSTGRES"]
        subprocess.run([str(ROOT / "tests/postgres"), "stop", self.directory], capture_output=True)

    def psql(self, *statements, database="postgres"):
        """Rows of the last statement, as lists of texts. Each is a transaction of its own."""
        commands = [part for statement in statements for part in ("-c", statement)]
        done = subprocess.run(["psql", self.url + " dbname=" + database, "-qXAt", "-F", "\t",
                               "-v", "ON_ERROR_STOP=1", *commands], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("psql: " + done.stderr[-2000:])
        return [row.split("\t") for row in done.stdout.splitlines()]

    def script(self, text, database):
        done = subprocess.run(["psql", self.url + " dbname=" + database, "-qXAt", "-v",
                               "ON_ERROR_STOP=1", "-f", "-"], input=text, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise RuntimeError("psql: " + done.stderr[-2000:])

    def checkpoint(self):
        self.psql("CHECKPOINT")

    def copy(self, database, name):
        """A copy of a database that nobody is connected to."""
        self.psql("DROP DATABASE IF EXISTS %s WITH (FORCE)" % name,
                  "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy" % (name, database))


class Stack(continuo.Instance):
    """All services in one process. What it runs on can be exchanged while it is stopped."""

    def __init__(self, name):
        super().__init__("bench_" + name)

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.stop()
        finally:
            self._clean()

    def _configure(self):
        super()._configure()
        settings = self.settings[0]
        # One key asks as fast as it can.
        settings.write_text(settings.read_text().replace(
            "[http]\n", "[http]\nrate_per_second = 1000000\nrate_burst = 1000000\n"))

    @property
    def process(self):
        return self.processes[0][1]

    @property
    def key(self):
        return self.key_file.read_text().strip()

    def play_deal(self):
        demo = self.run("demo", "--url", "http://127.0.0.1:%d" % self.http_port, "--key-file",
                        str(self.key_file))
        if demo.returncode != 0:
            raise continuo.Failed("the demo: " + demo.stderr[-1000:])

    def stop(self):
        for _, process in self.processes:
            process.terminate()
            require(process.wait(15) == 0, "SIGTERM ends the process with 0")
        self.processes = []

    def start(self, database=None):
        """On another database, or the same."""
        if database:
            settings = self.settings[0]
            settings.write_text(re.sub(r"dbname=\w+", "dbname=" + database, settings.read_text()))
        self._serve()

    def memory(self, which):
        """KiB: VmRSS now, VmHWM the most since reset_peak()."""
        status = pathlib.Path("/proc/%d/status" % self.process.pid).read_text()
        return int(re.search(which + r":\s+(\d+) kB", status).group(1))

    def reset_peak(self):
        pathlib.Path("/proc/%d/clear_refs" % self.process.pid).write_text("5")


def require(condition, what):
    """The correctness gate: a figure of something wrong is not shown."""
    if not condition:
        raise continuo.Failed("the gate: " + what)
