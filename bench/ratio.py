"""How many times as much B is as A, told from a few noisy runs of each, with an interval of confidence.

The estimate is the median of b/a over all pairs of runs (Hodges and Lehmann, "Estimates of Location Based on Rank
Tests", 1963, on logarithms). The interval holds each ratio that the rank test of Mann and Whitney ("On a Test of
Whether One of Two Random Variables Is Stochastically Larger than the Other", 1947) does not reject: sort the b/a of all
pairs and cut the same number off both ends. That number follows from counting the orders in which the runs could have
come, so the promise holds for few runs and for any kind of noise, as long as the runs are independent. Nothing is
drawn at random: the same input gives the same answer.

A bootstrap of the ratio of medians was tried beside it: with 3 or 4 runs it sees differences where there are none
up to twice as often as it says, and with 10 or 20 its intervals are wider.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist, median

# Up to here the orders are counted; beyond, the normal distribution is as good.
COUNTED_PAIRS_MAX = 10_000


@dataclass(frozen=True)
class Ratio:
    estimate: float
    interval: tuple[float, float] | None  # None with too few runs for the confidence asked


def ratio_of(a: list[float], b: list[float], confidence: float) -> Ratio:
    """The ratio b/a of what both measure. All values must be above zero, `confidence` between 0 and 1."""
    ratios = sorted(y / x for x in a for y in b)
    cut = pairs_to_cut(len(a), len(b), confidence)
    return Ratio(median(ratios), (ratios[cut - 1], ratios[-cut]) if cut > 0 else None)


@lru_cache(maxsize=None)
def pairs_to_cut(runs_a: int, runs_b: int, confidence: float) -> int:
    """The k for which the k-th least and the k-th greatest ratio bound the interval; 0 when there is none."""
    tail = (1 - confidence) / 2
    pairs = runs_a * runs_b
    if pairs > COUNTED_PAIRS_MAX:
        deviation = math.sqrt(pairs * (runs_a + runs_b + 1) / 12)
        return max(0, math.floor(pairs / 2 + NormalDist().inv_cdf(tail) * deviation))
    allowed = tail * math.comb(runs_a + runs_b, runs_a) * (1 + 1e-9)  # 1 - 0.9 is a little less than 0.1
    orders = 0
    for cut, count in enumerate(_orders_by_inversions(runs_a, runs_b)):
        orders += count
        if orders > allowed:
            return cut
    return 0


def runs_needed(confidence: float) -> int:
    """The fewest runs of each that give an interval."""
    runs = 1
    while pairs_to_cut(runs, runs, confidence) == 0:
        runs += 1
    return runs


def _orders_by_inversions(runs_a: int, runs_b: int) -> list[int]:
    """In how many of the orders of all runs u pairs have b before a, for each u: Gauss's binomial coefficients, the
    product of (1 - x^(runs_b+i)) / (1 - x^i) over i = 1 … runs_a."""
    counts = [1] + [0] * (runs_a * runs_b)
    for i in range(1, runs_a + 1):
        for u in range(len(counts) - 1, runs_b + i - 1, -1):
            counts[u] -= counts[u - runs_b - i]
        for u in range(i, len(counts)):
            counts[u] += counts[u - i]
    return counts
