"""Compares two results of benchmarks, pair by pair: `./dev bench compare A B`; --help tells all.

A and B are two files, or two folders of files whose names pair them. Each line says how many times as much B takes as A
(ratio.py), and the verdict. The exit status is meant for scripts; EXIT_STATUS below is its one definition.
"""

import argparse
import re
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ratio import Ratio, ratio_of, runs_needed
from results import (
    Benchmark,
    Result,
    Unusable,
    better_when_lower,
    differing_surroundings,
    read_results,
)

EXIT_STATUS = """exit status:
  0  nothing is slower beyond the threshold
  1  something is slower beyond it, or fails in B and not in A
  2  no answer: files that cannot be read, nothing in common, other machines or builds, too few runs for any verdict

B/A is how many times as much B takes; SLOWER is slower beyond the threshold. Slower and faster mean that the whole
interval lies on one side of 1: by chance alone, 5 in 100 benchmarks that did not change get such a verdict at 95 %, most
of them by little. The interval knows the noise inside the two measurements, not what lay between them, another load or
temperature: measure both close together, or by turns."""


@dataclass(frozen=True)
class Measure:
    """What is compared in one line: the times of a benchmark, or one of its counters."""

    suite: str
    benchmark: str
    counter: str | None  # None for the time
    lower_is_better: bool
    a: list[float]
    b: list[float]

    @property
    def name(self) -> str:
        return self.benchmark if self.counter is None else f"{self.benchmark} {self.counter}"


@dataclass(frozen=True)
class Line:
    measure: Measure
    ratio: Ratio | None  # None where a value is not above zero
    verdict: str
    slower: bool = False
    faster: bool = False
    beyond: bool = False  # slower, and by more than the threshold


@dataclass
class Comparison:
    lines: list[Line]
    notes: list[str]  # what is not compared, and why
    failures: list[str]  # what fails in B alone


class Judge:
    """Turns pairs of benchmarks into lines, by the options."""

    def __init__(self, options: argparse.Namespace):
        self._options = options
        self._confidence = options.confidence / 100

    def measures(self, suite: str, a: Benchmark, b: Benchmark) -> Iterator[Measure]:
        kind = self._options.time
        yield Measure(suite, a.name, None, True, a.times_ns(kind), b.times_ns(kind))
        for counter in a.counters:
            lower = self._direction(counter)
            if lower is not None and counter in b.counters:
                yield Measure(suite, a.name, counter, lower, a.counters[counter], b.counters[counter])

    def line(self, measure: Measure) -> Line:
        if min(measure.a + measure.b) <= 0:
            return Line(measure, None, "no ratio: a value is not above zero")
        ratio = ratio_of(measure.a, measure.b, self._confidence)
        if ratio.interval is None:
            return Line(measure, ratio, f"no interval: {len(measure.a)} and {len(measure.b)} runs")
        low, high = ratio.interval
        grew, shrank = low > 1, high < 1
        slower, faster = (grew, shrank) if measure.lower_is_better else (shrank, grew)
        cost = ratio.estimate if measure.lower_is_better else 1 / ratio.estimate
        beyond = slower and cost > 1 + self._options.threshold / 100
        verdict = "SLOWER" if beyond else "slower" if slower else "faster" if faster else "no difference seen"
        return Line(measure, ratio, verdict, slower, faster, beyond)

    def _direction(self, counter: str) -> bool | None:
        if counter in self._options.lower:
            return True
        if counter in self._options.higher:
            return False
        return better_when_lower(counter) if self._options.counters else None


def suite_of(a: Result, b: Result) -> str:
    return a.suite if a.suite == b.suite else f"{a.suite} → {b.suite}"


def pair_results(a: Path, b: Path) -> tuple[list[tuple[Result, Result]], list[str]]:
    """The results that belong together, and notes of those alone."""
    if a.is_dir() != b.is_dir():
        raise Unusable(f"{a} and {b}: one is a folder, one is not; give two files, or two folders of files")
    of_a, of_b = read_results(a), read_results(b)
    if not a.is_dir():
        return [(*of_a.values(), *of_b.values())], []
    notes = [f"only in A: the results of {suite}" for suite in of_a if suite not in of_b]
    notes += [f"only in B: the results of {suite}" for suite in of_b if suite not in of_a]
    pairs = [(of_a[suite], of_b[suite]) for suite in of_a if suite in of_b]
    if not pairs:
        raise Unusable(f"{a} and {b}: no file of the one has the name of a file of the other")
    return pairs, notes


def check_surroundings(pairs: list[tuple[Result, Result]], anyway: bool) -> list[str]:
    """What differs in machine and build, as notes when it is to be compared anyway; else that is an end to it."""
    differing = [f"{suite_of(a, b)}: {difference}" for a, b in pairs for difference in differing_surroundings(a, b)]
    if differing and not anyway:
        raise Unusable(
            "A and B come from different machines or builds, so their times say little of the code:\n  "
            + "\n  ".join(differing)
            + "\nMeasure both on one machine with one build, or compare them with --anyway"
        )
    return [f"not the same in both: {difference}" for difference in differing]


def compare(pairs: list[tuple[Result, Result]], judge: Judge, chosen: re.Pattern) -> Comparison:
    comparison = Comparison([], [], [])
    for a, b in pairs:
        suite = suite_of(a, b)
        for name in filter(chosen.search, dict.fromkeys([*a.benchmarks, *b.benchmarks])):
            one, other = a.benchmarks.get(name), b.benchmarks.get(name)
            if one is None or other is None:
                comparison.notes.append(f"only in {'A' if one else 'B'}: {suite}, {name}")
            elif one.failure is not None or other.failure is not None:
                note_failure(comparison, f"{suite}, {name}", one.failure, other.failure)
            else:
                comparison.lines += [judge.line(measure) for measure in judge.measures(suite, one, other)]
    if not comparison.lines and not comparison.failures:
        raise Unusable("\n".join(["A and B have no benchmark in common that ran in both", *comparison.notes]))
    return comparison


def note_failure(comparison: Comparison, name: str, in_a: str | None, in_b: str | None) -> None:
    if in_a is not None:
        comparison.notes.append(f"fails in A{' and B' if in_b is not None else ''}: {name}: {in_a}")
    else:
        comparison.failures.append(f"fails in B: {name}: {in_b}")


def check_counters(pairs: list[tuple[Result, Result]], named: list[str]) -> None:
    known = {counter for pair in pairs for result in pair for b in result.benchmarks.values() for counter in b.counters}
    for counter in named:
        if counter not in known:
            raise Unusable(f"no benchmark has a counter '{counter}'; there are: {', '.join(sorted(known)) or 'none'}")


# ---- Writing


UNITS = (("s", 1e9), ("ms", 1e6), ("µs", 1e3))


def quantity(value: float, measure: Measure) -> str:
    """A value as people read it: times with the unit that fits, counters as they are."""
    if measure.counter is not None:
        return f"{value:.4g}"
    unit, size = next(((unit, size) for unit, size in UNITS if value >= size), ("ns", 1.0))
    scaled = value / size
    return f"{scaled:.{2 if scaled < 10 else 1 if scaled < 100 else 0}f} {unit}"


def cells(line: Line) -> list[str]:
    measure, ratio = line.measure, line.ratio
    interval = ratio.interval if ratio else None
    return [
        measure.name,
        quantity(median(measure.a), measure),
        quantity(median(measure.b), measure),
        f"{ratio.estimate:.3f}" if ratio else "–",
        f"{interval[0]:.3f} … {interval[1]:.3f}" if interval else "–",
        line.verdict,
    ]


def write_table(lines: list[Line], confidence: float) -> None:
    rows = [["benchmark", "A", "B", "B/A", f"{confidence:g} % interval", "verdict"], *map(cells, lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for name, *figures, verdict in rows:
        aligned = (figure.rjust(width) for figure, width in zip(figures, widths[1:]))
        print("  ".join([name.ljust(widths[0]), *aligned, verdict]))


def write_report(pairs: list[tuple[Result, Result]], comparison: Comparison, confidence: float) -> None:
    for a, b in pairs:
        print(f"{suite_of(a, b)}\n  A  {a.path}: {a.origin}\n  B  {b.path}: {b.origin}")
        lines = [line for line in comparison.lines if line.measure.suite == suite_of(a, b)]
        if lines:
            write_table(lines, confidence)
        print()
    for note in comparison.notes + comparison.failures:
        print(note)


def conclude(comparison: Comparison, options: argparse.Namespace) -> int:
    """Writes the last lines; returns the exit status."""
    lines = comparison.lines
    judged = [line for line in lines if line.ratio and line.ratio.interval]
    beyond = [line for line in judged if line.beyond]
    if any(line.ratio and line.ratio.interval is None for line in lines):
        needed = runs_needed(options.confidence / 100)
        print(
            f"Without an interval there is no verdict: one of {options.confidence:g} % needs {needed} runs each "
            f"(./dev bench --repetitions={max(10, needed)})."
        )
    if not judged and not comparison.failures:
        print(f"No verdict on any of {len(lines)}.")
        return 2
    faster = sum(line.faster for line in judged)
    less = sum(line.slower for line in judged) - len(beyond)
    unseen = len(judged) - len(beyond) - less - faster
    rest = f"{less} slower by less, {faster} faster, {unseen} without a difference seen"
    if len(judged) < len(lines):
        rest += f", {len(lines) - len(judged)} without a verdict"
    if not beyond and not comparison.failures:
        print(f"Nothing is slower beyond {options.threshold:g} %. Of {len(lines)}: {rest}.")
        return 0
    fails = f" and {len(comparison.failures)} fail in B" if comparison.failures else ""
    print(f"{len(beyond)} of {len(lines)} slower beyond {options.threshold:g} %{fails}. The rest: {rest}.")
    return 1


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev bench compare",
        description="Says which benchmarks are slower or faster in B than in A.",
        epilog=EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("a", metavar="A", type=Path, help="a result file, or a folder of them: before")
    parser.add_argument("b", metavar="B", type=Path, help="the same: after")
    parser.add_argument("--threshold", type=percent_above(0), default=5, metavar="PERCENT", help="slower by this is let pass (5)")
    parser.add_argument("--confidence", type=percent_above(50), default=95, metavar="PERCENT", help="of intervals (95)")
    parser.add_argument("--filter", type=pattern, default=".", metavar="REGEX", help="benchmarks whose names match")
    parser.add_argument(
        "--time",
        choices=("own", "real", "cpu"),
        default="own",
        help="own (default): the time that the benchmark goes by, as its name says; else always this one",
    )
    parser.add_argument("--counters", action="store_true", help="counters too whose names say: a time, a ratio, a rate")
    parser.add_argument("--lower", action="append", default=[], metavar="COUNTER", help="this one too; less is better")
    parser.add_argument("--higher", action="append", default=[], metavar="COUNTER", help="this one too; more is better")
    parser.add_argument("--anyway", action="store_true", help="though machine or build differ")
    return parser.parse_args(arguments)


def percent_above(least: float):
    def percent(text: str) -> float:
        value = float(text)
        if not least <= value < (100 if least else 10_000):
            raise argparse.ArgumentTypeError(f"{text} is out of range")
        return value

    return percent


def pattern(text: str) -> re.Pattern:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no regular expression: {error}") from error


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        pairs, notes = pair_results(options.a, options.b)
        check_counters(pairs, options.lower + options.higher)
        notes += check_surroundings(pairs, options.anyway)
        comparison = compare(pairs, Judge(options), options.filter)
    except Unusable as error:
        print(f"bench compare: {error}", file=sys.stderr)
        return 2
    comparison.notes[:0] = notes
    write_report(pairs, comparison, options.confidence)
    return conclude(comparison, options)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no fault
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
