"""A fault: what is done to a stack while a round is played, and what it takes to be over."""
import contextlib
import threading
import time

from continuo import Failed
from stack import KILLED, Surroundings

POSTGRES, KAFKA = "postgres", "kafka"


class Fault:
    """`disturb(stack, rng, played)`: a context manager around the round. With `alone`, a function
    (stack, rng) that does all by itself. `family`: the default run plays one of each. `surroundings`:
    the class of what its stack stands in. `ignores`: beginnings of what it leaves beside the round's."""

    def __init__(self, name, family, disturb, transports=(POSTGRES, KAFKA), alone=False,
                 light=True, surroundings=Surroundings, ignores=()):
        self.name, self.family, self.disturb = name, family, disturb
        self.transports, self.alone, self.light = transports, alone, light
        self.surroundings, self.ignores = surroundings, ignores


def some_moment(rng, played):
    """Waits for a moment of the round that the seed chooses: while it sells, or the clock moves."""
    part = rng.choice(["selling", "living"])
    if part == "living":
        played.clock_moves.wait(60)
    time.sleep(rng.uniform(0, played.seconds[part]))


class Beside(threading.Thread):
    """Runs beside the round; what goes wrong in it is raised by finish()."""

    def __init__(self, work):
        super().__init__()
        self.work, self.error = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except Exception as error:  # for finish()
            self.error = error

    def finish(self):
        self.join()
        if self.error:
            raise self.error


@contextlib.contextmanager
def beside(work):
    """Runs `work` while the round is played, and is over when both are."""
    running = Beside(work)
    try:
        yield
    finally:
        running.finish()


@contextlib.contextmanager
def outlived(stack, work):
    """As beside(), of something that no process may end for."""
    with beside(work):
        yield
    if not stack.all_alive():
        raise Failed("a process ended because something that it needs was away")


@contextlib.contextmanager
def dying(stack, name, process):
    """Restarts the service as soon as it is dead; it must die while this lasts, or soon after."""
    over = threading.Event()

    def nurse():
        left = None
        while process.poll() is None:
            if over.is_set():
                left = left or time.monotonic() + 5
                if time.monotonic() > left:
                    stack.end(name)
                    stack.start(name)
                    stack.await_ready(name)
                    raise Failed(name + " was never killed: the test shows nothing")
            time.sleep(0.02)
        if process.returncode != KILLED:
            raise Failed("%s ended by itself with %d" % (name, process.returncode))
        stack.restart_dead(name)
    with beside(nurse):
        try:
            yield
        finally:
            over.set()
