"""The Kafka broker killed with -9 and started again, while events flow over it."""
import contextlib
import time

from continuo import Failed
from fault import KAFKA, Beside, Fault, some_moment


@contextlib.contextmanager
def killed(stack, rng, played):
    def work():
        some_moment(rng, played)
        stack.kafka.kill()
        time.sleep(rng.uniform(0, 2))
        stack.kafka.start()
        stack.mended()
    beside = Beside(work)
    try:
        yield
    finally:
        beside.finish()
    if not stack.all_alive():
        raise Failed("a process ended because the broker was away")


FAULTS = [Fault("broker killed and restarted", "broker away", killed, transports=(KAFKA,))]
