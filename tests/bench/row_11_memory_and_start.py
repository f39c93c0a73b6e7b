"""Row 11: memory of a bill run, and the time until all services of one process are ready."""
import time

from measure import line, median
from row_01_bill_run import BillRun
from stack import Cluster, Stack

PROGRAMS = []
STARTS = 5


def start(stack):
    began = time.monotonic()
    stack.start()
    return time.monotonic() - began


def run(options):
    with Cluster() as cluster, Stack("start") as stack:
        seconds, idle = [], []
        for _ in range(STARTS):
            stack.stop()
            seconds.append(start(stack))
            idle.append(stack.memory("VmRSS"))
        line("11", "start: all services ready, from the command", "%.2f s" % median(seconds), "-", "-",
             "<= 3 s")
        line("11", "resident when ready", "%.0f MB" % (median(idle) / 1024), "-", "-", "measured")
        bill_run = BillRun(cluster, stack, options.lines)
        _, peak = bill_run.ours()
        line("11", "most resident during a bill run of {:,} lines".format(bill_run.lines),
             "%.0f MB" % (peak / 1024), "-", "-", "<= 256 MB at 1M")
        stack.start(stack.database)
