"""Two processes of a service at once. The one that works is stopped (SIGSTOP) in the middle of it,
past its lease; the other takes over; then the first wakes up and goes on where it was."""
import contextlib

import continuo
from fault import Fault, beside

POINTS = {
    "relay.before_commit": "stamping",
    "relay.after_commit": "with stamped events in hand",
    "consumer.after_effect": "between effect and position",
}
SERVICES = ["quoting", "billing"]


def fault(service, point):
    @contextlib.contextmanager
    def disturb(stack, _rng, _played):
        # The second one gets the lease while the first is not there.
        stack.end(service)
        second = stack.double(service, point + "=stop")
        sleeper = stack.process(second).pid
        # The point may be reached as soon as the process works: from here on it may be asleep.
        continuo.await_true(
            lambda: stack.stopped(second) or stack.relay_holder(service) == sleeper,
            second + " has the lease", 20)
        stack.start(service)
        stack.await_ready(service)
        first = stack.process(service).pid

        def watch():
            continuo.await_true(lambda: stack.stopped(second), second + " stops", 40)
            continuo.await_true(lambda: stack.relay_holder(service) == first,
                                service + " takes over from the sleeper", 40)
            stack.wake(second)
        with beside(watch):
            yield
        stack.drop_double(second)
    return Fault("%s stopped %s, past its lease, and woken" % (service, POINTS[point]),
                 "two at once", disturb, light=False)


FAULTS = [fault(service, point) for point in POINTS for service in SERVICES]
