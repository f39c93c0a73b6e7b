"""Each process killed with -9 at a moment that the seed chooses: also within jobs, calls, starts."""
import contextlib
import time

import continuo
from fault import Beside, Fault, dying


def fault(service):
    @contextlib.contextmanager
    def disturb(stack, rng, played):
        selling = rng.random() < 0.5
        delay = rng.uniform(0, 1.0 if selling else 0.4)
        process = stack.process(service)

        def kill():
            if not selling:
                played.reached.wait(60)  # the clock moves: jobs run
            time.sleep(delay)
            process.kill()
        killer = Beside(kill)
        with dying(stack, service, process):
            yield
        killer.finish()
    return Fault("%s killed at any moment" % service, "killed at any moment", disturb)


FAULTS = [fault(service) for service in continuo.SERVICES]
