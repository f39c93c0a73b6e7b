"""The Kafka broker killed with -9 and started again, and stopped for a while, while events flow over it."""
import contextlib
import signal
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


@contextlib.contextmanager
def stalled(stack, rng, played):
    """It holds its connections and says nothing, for longer than a group's session (10 s)."""
    def work():
        some_moment(rng, played)
        stack.kafka.process.send_signal(signal.SIGSTOP)
        try:
            time.sleep(rng.uniform(11, 14))
        finally:
            stack.kafka.process.send_signal(signal.SIGCONT)
        stack.mended()
    with outlived(stack, work):
        yield


FAULTS = [Fault("broker killed and restarted", "broker away", killed, transports=(KAFKA,)),
          Fault("broker stalled and woken", "broker away", stalled, transports=(KAFKA,), light=False)]
