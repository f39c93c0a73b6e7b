"""Postgres stops as in a crash and comes back; and all of its connections end, again and again. No
process of ours may end, and none is restarted."""
import contextlib
import time

from continuo import Failed
from fault import Beside, Fault, some_moment


def during(work):
    """`work(stack, rng, played)` beside the round, and all processes outlive it."""
    @contextlib.contextmanager
    def disturb(stack, rng, played):
        beside = Beside(lambda: work(stack, rng, played))
        try:
            yield
        finally:
            beside.finish()
        if not stack.all_alive():
            raise Failed("a process ended because its database was away")
    return disturb


def stop_immediately(stack, rng, played):
    some_moment(rng, played)
    stack.crash_postgres()
    time.sleep(rng.uniform(0, 1))
    stack.restart_postgres()


def terminate_backends(stack, rng, _played):
    ended = 0
    for _ in range(5):
        time.sleep(rng.uniform(0.1, 0.4))
        ended += stack.terminate_backends()
    stack.mended()
    if ended == 0:
        raise Failed("there was no connection to end")


FAULTS = [
    Fault("Postgres stopped immediate and started", "Postgres stopped",
          during(stop_immediately)),
    Fault("every backend terminated, five times", "backends terminated",
          during(terminate_backends)),
]
