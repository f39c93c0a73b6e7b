"""Every process restarted, one after the other, as a new release is rolled out: SIGTERM, start, ready,
while customers buy. A client that repeats what was not answered notices nothing else."""
import contextlib

import continuo
from fault import Fault, beside


@contextlib.contextmanager
def restarted(stack, rng, _played):
    def work():
        for name in rng.sample(continuo.SERVICES, len(continuo.SERVICES)):
            stack.end(name)
            stack.start(name)
            stack.await_ready(name)
        stack.mended()
    with beside(work):
        yield


FAULTS = [Fault("rolling restart of every service", "rolling restart", restarted)]
