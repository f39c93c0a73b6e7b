"""The Kafka broker killed with -9 and started again, while events flow over it."""
import contextlib
import time

from fault import KAFKA, Fault, outlived, some_moment


@contextlib.contextmanager
def killed(stack, rng, played):
    def work():
        some_moment(rng, played)
        stack.kafka.kill()
        time.sleep(rng.uniform(0, 2))
        stack.kafka.start()
        stack.mended()
    with outlived(stack, work):
        yield


FAULTS = [Fault("broker killed and restarted", "broker away", killed, transports=(KAFKA,))]
