"""The wall clock of the machine jumps, Postgres' with it: an hour forward and back, over the end of a month,
over both DST edges, to where no partition of the event log is made yet; and back again. The business
clock is the test clock and does not move; leases, retries, tokens and partitions go by the wall clock.
"""
import contextlib
import datetime
import time

from clock import WallClock
from continuo import Failed
from fault import POSTGRES, Fault, outlived

HOUR, DAY = 3600, 86_400


def next_month_end(clock, months):
    """Two seconds before the end of the month, so many months from now."""
    now = datetime.datetime.now(datetime.timezone.utc)
    month = now.month - 1 + months
    first = datetime.datetime(now.year + month // 12, month % 12 + 1, 1, tzinfo=datetime.timezone.utc)
    clock.set_off(first.timestamp() - 2 - time.time())


# Name -> what the clock does, step by step.
JUMPS = {
    "an hour forward": [lambda clock: clock.set_off(HOUR)],
    "an hour back": [lambda clock: clock.set_off(-HOUR)],
    "to and fro": [lambda clock: clock.set_off(HOUR), lambda clock: clock.set_off(-HOUR),
                   lambda clock: clock.set_off(30), lambda clock: clock.set_off(-30)],
    "over the month's end": [lambda clock: next_month_end(clock, 1)],
    "beyond the prepared months": [lambda clock: next_month_end(clock, 5)],
    "over the DST edge in March": [lambda clock: clock.set_to("2027-03-28T00:59:57Z")],
    "over the DST edge in October": [lambda clock: clock.set_to("2026-10-25T00:59:57Z")],
}


def jumping(name):
    @contextlib.contextmanager
    def disturb(stack, rng, _played):
        clock = stack.surroundings
        before = wall(stack)

        def jump():
            for step in JUMPS[name]:
                time.sleep(rng.uniform(0.5, 3))
                step(clock)
            time.sleep(3)
            if abs(wall(stack) - before) < 20:
                raise Failed("the clock has not jumped: the test shows nothing")
            time.sleep(rng.uniform(0, 5))
            clock.set_off(0)
            time.sleep(1.5)  # seen by all
            stack.mended()
        with outlived(stack, jump):
            yield
    return Fault("clock jumps %s" % name, "clock", disturb, transports=(POSTGRES,), light=False,
                 surroundings=WallClock)



def wall(stack):
    return float(stack.sql("SELECT extract(epoch FROM clock_timestamp())")[0][0])


@contextlib.contextmanager
def back_and_killed(stack, rng, _played):
    """A lease that was given before the clock went back runs for an hour more: a successor must not
    wait for it."""
    service = rng.choice(["quoting", "billing", "contracts"])
    stack.surroundings.set_off(-HOUR)
    time.sleep(1.5)
    process = stack.process(service)
    process.kill()
    process.wait()
    # What it held, as if it had been killed before the jump.
    stack.sql("UPDATE %s.lease SET expires_at = clock_timestamp() + interval '1 hour' WHERE holder "
              "LIKE '%%/%d'" % (service, process.pid))
    stack.start(service)
    stack.await_ready(service)
    try:
        yield
    finally:
        stack.surroundings.set_off(0)
        time.sleep(1.5)
        stack.mended()


FAULTS = [jumping(name) for name in JUMPS] + [
    Fault("clock jumps an hour back and a holder of leases is killed", "clock", back_and_killed,
          transports=(POSTGRES,), light=False, surroundings=WallClock)]
