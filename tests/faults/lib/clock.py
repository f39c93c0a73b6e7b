"""A machine whose wall clock can be set: every process and Postgres under libfaketime, with one file
that says how far the clock is off. The monotonic clock is left alone, as a real jump leaves it."""
import datetime
import os
import pathlib
import tempfile
import time

from stack import Surroundings

LIBRARY = next(iter(sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


class WallClock(Surroundings):
    # gRPC waits by the kernel's clock, which libfaketime cannot set: a wait begun while the clock was an
    # hour ahead lasts an hour, as it would not on a machine whose clock was really set.
    shared = False

    @staticmethod
    def missing():
        return "" if LIBRARY else "libfaketime is not there: apt-get install faketime"

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="continuo-clock-")
        os.chmod(self.directory.name, 0o755)  # Postgres runs as another user
        self.file = pathlib.Path(self.directory.name) / "offset"
        self.set_off(0)
        return self

    def __exit__(self, *_):
        self.directory.cleanup()

    def environment(self):
        # A local zone with a DST edge, for whatever asks the C library for local time.
        return {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.file),
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
                "FAKETIME_CACHE_DURATION": "1", "TZ": "Europe/Berlin"}

    def lend_database(self, stack):
        stack.crash_postgres()
        stack.restart_postgres()

    def set_off(self, seconds):
        """Everyone sees it within a second. Written whole: a reader finds no half of it."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text("%+d\n" % round(seconds))
        fresh.chmod(0o644)
        fresh.replace(self.file)

    def set_to(self, instant):
        then = datetime.datetime.fromisoformat(instant.replace("Z", "+00:00"))
        self.set_off(then.timestamp() - time.time())
