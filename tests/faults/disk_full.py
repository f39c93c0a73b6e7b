"""Postgres' disk is full, to the last byte, for a while. Statements are refused; where it cannot write its
own log Postgres gives up, and is started when there is room again. What was acknowledged is there.
"""
import contextlib
import time

from continuo import Failed
from disk import SmallDisk
from fault import POSTGRES, Fault, outlived, some_moment


@contextlib.contextmanager
def full(stack, rng, played):
    disk, seconds = stack.surroundings, rng.uniform(3, 10)

    def fill():
        some_moment(rng, played)
        # What the log has room for in its files is written all the same: go on to the next.
        with contextlib.suppress(Failed):
            stack.sql("SELECT pg_switch_wal()")
        disk.fill()
        until, refused = time.monotonic() + seconds, False
        while time.monotonic() < until or not refused and time.monotonic() < until + 20:
            refused = refused or refuses(stack)
            disk.fill()
            time.sleep(0.2)
        disk.free()
        with contextlib.suppress(Failed):
            stack.sql("DROP TABLE IF EXISTS public.filling")
        if not alive(stack):
            stack.restart_postgres()
        with contextlib.suppress(Failed):
            stack.sql("DROP TABLE IF EXISTS public.filling")
        stack.mended()
        if not refused:
            raise Failed("nothing was refused: the test shows nothing")
    with outlived(stack, fill):
        yield


def refuses(stack):
    try:
        stack.sql("CREATE TABLE IF NOT EXISTS public.filling (text text); INSERT INTO public.filling "
                  "SELECT repeat(md5(i::text), 100) FROM generate_series(1, 2000) AS i")
    except Failed as failed:
        return "No space left" in str(failed) or not alive(stack)
    return False


def alive(stack):
    try:
        return stack.sql("SELECT 1") == [["1"]]
    except Failed:
        return False


FAULTS = [Fault("Postgres' disk full", "disk full", full, transports=(POSTGRES,), light=False,
                surroundings=SmallDisk)]
