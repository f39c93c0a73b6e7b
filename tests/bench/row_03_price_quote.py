"""Row 3: the price of a quote, three levels of bundles and eight bands a line, in the service."""
import json
import math
import subprocess

from measure import ROUNDS, detail, line, median
from stack import ROOT

PROGRAMS = ["continuo_bench_price_quote"]
SIZES = [10, 100, 1_000, 10_000]
PRICED = 200_000  # lines in a round, whatever the size


def price(lines):
    """The program is its own gate: it ends with 1 when the bare loop comes to something else."""
    done = subprocess.run([str(ROOT / "build/bench/continuo_bench_price_quote"), str(lines),
                           str(PRICED // lines)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run(_options):
    found = {lines: [price(lines) for _ in range(ROUNDS)] for lines in SIZES}

    def of(lines, name):
        return median([each[name] for each in found[lines]])

    ours, bare = of(1_000, "ours_p50"), of(1_000, "bare_p50")
    line("3", "price 1,000 lines, 3-level bundles, 8 bands", "%.0f us" % ours, "%.1f us" % bare,
         "%.0fx" % (ours / bare), "<= 35x")
    detail("p99 %.0f us, %.1f times the median (goal 4)" % (of(1_000, "ours_p99"),
                                                             of(1_000, "ours_p99") / ours))
    growth = math.log(of(10_000, "ours_p50") / of(10, "ours_p50")) / math.log(1_000)
    detail("from 10 to 10,000 lines it grows with exponent %.3f (goal 1.05): %s" % (
        growth, ", ".join("%d %.0f us" % (lines, of(lines, "ours_p50")) for lines in SIZES)))
