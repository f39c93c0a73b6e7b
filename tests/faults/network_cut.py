"""A service is cut off from all others and from Postgres, and joined again; or its line is slow and loses
what does not fit. Nothing is reset: connections hang, and come back or not. No process may end.

On Postgres' transport only: the broker of the tests stands where no namespace reaches it.
"""
import contextlib
import time

import continuo
from fault import POSTGRES, Fault, outlived, some_moment
from network import Network

SERVICES = [name for name in continuo.SERVICES if name != "gateway"]
# Longer than any retry at once, shorter and longer than a dead connection is told (tcp_user_timeout, 20 s).
CUTS = [(1, 5), (5, 12), (24, 30)]


def cut_off(service):
    @contextlib.contextmanager
    def disturb(stack, rng, played):
        seconds = rng.uniform(*rng.choice(CUTS))

        def cut():
            some_moment(rng, played)
            stack.surroundings.cut(service)
            time.sleep(seconds)
            stack.surroundings.join(service)
            stack.mended()
        with outlived(stack, cut):
            yield
    return Fault("network: %s cut off" % service, "network", disturb, transports=(POSTGRES,),
                 light=False, surroundings=Network)


def slowed(service):
    @contextlib.contextmanager
    def disturb(stack, rng, _played):
        stack.surroundings.slow(service, rng.choice([1_000, 2_000, 4_000]))
        try:
            yield
        finally:
            stack.surroundings.restore(service)
            stack.mended()
    return Fault("network: %s on a slow line" % service, "network", disturb,
                 transports=(POSTGRES,), light=False, surroundings=Network)


@contextlib.contextmanager
def partitioned(stack, rng, played):
    """Some services cannot be reached by the others, one group after the other."""
    groups = [rng.sample(SERVICES, 3) for _ in range(3)]

    def cut():
        some_moment(rng, played)
        for group in groups:
            for service in group:
                stack.surroundings.cut(service)
            time.sleep(rng.uniform(1, 4))
            for service in group:
                stack.surroundings.join(service)
            time.sleep(rng.uniform(0, 2))
        stack.mended()
    with outlived(stack, cut):
        yield


FAULTS = ([cut_off(service) for service in SERVICES] + [slowed(service) for service in SERVICES] +
          [Fault("network: three services at a time cut off", "network", partitioned,
                 transports=(POSTGRES,), light=False, surroundings=Network)])
