"""Each process killed with -9 at a moment that the seed chooses: also within jobs, calls, starts."""
import contextlib

import continuo
from fault import Fault, beside, dying, some_moment


def fault(service):
    @contextlib.contextmanager
    def disturb(stack, rng, played):
        process = stack.process(service)

        def kill():
            some_moment(rng, played)
            process.kill()
        with dying(stack, service, process), beside(kill):
            yield
    return Fault("%s killed at any moment" % service, "killed at any moment", disturb)


FAULTS = [fault(service) for service in continuo.SERVICES]
