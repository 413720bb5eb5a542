"""Draws results of benchmarks over the size of the graph: `./dev bench plot RESULT… FOLDER`; --help tells all.

Each suite gets an SVG file for its time, and one for each counter. Arguments in a benchmark's name (`Name/scale:16/…`)
and counters can be the x axis; what else the name says makes a line.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from line_chart import SERIES_MAX, Axis, Chart, Point, Series, draw
from results import Benchmark, Result, Unusable, better_when_lower, read_results

# What says how large the graph is: the x axis when nothing else is asked for, in this order, and never part of a line.
SIZES = ("scale", "edges", "nodes")
X_TITLES = {"scale": "scale (2^scale nodes)", "edges": "edges", "nodes": "nodes"}

# Parts of a name that say how it was measured, not what.
ABOUT_MEASURING = re.compile(r"(iterations|repeats|min_time|min_warmup_time):.*|real_time|manual_time|process_time")
ARGUMENT = re.compile(r"(?:([^:]+):)?(-?\d+(?:\.\d+)?)")

TIME = "time"


@dataclass
class Measured:
    """A benchmark, its name taken apart."""

    benchmark: Benchmark
    words: list[str] = field(default_factory=list)
    arguments: dict[str, float] = field(default_factory=dict)  # those without a name are called "argument 1" and so on

    def size(self, name: str) -> float | None:
        """The argument or counter of this name."""
        if name in self.arguments:
            return self.arguments[name]
        return median(self.benchmark.counters[name]) if name in self.benchmark.counters else None

    def label(self, x: str) -> str:
        """What tells it from the others at the same place on the x axis."""
        given = (f"{name} {value:g}" for name, value in self.arguments.items() if name not in (x, *SIZES))
        return ", ".join(["/".join(self.words), *given])

    def values(self, quantity: str) -> list[float]:
        return self.benchmark.times_ns() if quantity == TIME else self.benchmark.counters.get(quantity, [])


def take_apart(benchmark: Benchmark) -> Measured:
    measured = Measured(benchmark)
    for part in benchmark.name.split("/"):
        if ABOUT_MEASURING.fullmatch(part):
            continue
        argument = ARGUMENT.fullmatch(part) if measured.words else None
        if argument is None:
            measured.words.append(part)
        else:
            name = argument[1] or f"argument {len(measured.arguments) + 1}"
            measured.arguments[name] = float(argument[2])
    return measured


def choose_x(result: Result, all_measured: list[Measured]) -> str:
    """What the x axis shows: a size that takes several values, else the argument that takes the most."""
    arguments = dict.fromkeys(name for measured in all_measured for name in measured.arguments)
    distinct = {name: len({m.size(name) for m in all_measured} - {None}) for name in (*SIZES, *arguments)}
    for name in SIZES:
        if distinct[name] > 1:
            return name
    best = max(arguments, key=lambda name: distinct[name], default=None)
    if best is None or distinct[best] < 2:
        raise Unusable(
            f"{result.path}: no argument or counter of the benchmarks takes several values, "
            "so there is no size to draw over; --x names one, --filter leaves others out"
        )
    return best


def unit_of(quantity: str) -> tuple[float, str]:
    """What a value is to be multiplied with, and then its unit; judged by the name, for counters have no other."""
    words = re.split(r"[^A-Za-z0-9µ]+", quantity.lower())
    if quantity == TIME or "ns" in words:
        return 1e-9, "s"
    if "us" in words or "µs" in words:
        return 1e-6, "s"
    if "ms" in words:
        return 1e-3, "s"
    if quantity == "bytes_per_second":
        return 1, "B/s"
    if words[-1] == "s" and not quantity.endswith("/s") or {"time", "seconds"} & set(words):
        return 1, "s"
    if "bytes" in words:
        return 1, "B"
    return (1e6, "B") if "mb" in words else (1, "")


def y_title(quantity: str) -> str:
    """What to know of the y axis besides the name of the quantity, which is in the chart's title."""
    lower = True if quantity == TIME else better_when_lower(quantity)
    known = ["of an iteration"] if quantity == TIME else []
    known += [] if lower is None else ["less is better" if lower else "more is better"]
    return ", ".join([*known, "logarithmic"])


def series_of(all_measured: list[Measured], labels: list[str], x: str, quantity: str) -> list[Series]:
    factor, _ = unit_of(quantity)
    points: dict[str, list[Point]] = {label: [] for label in labels}
    for measured in all_measured:
        values = [value * factor for value in measured.values(quantity)]
        place = measured.size(x)
        if place is None or not values or min(values) <= 0:
            continue
        points[measured.label(x)].append(Point(place, median(values), min(values), max(values)))
    return [Series(label, sorted(of_label, key=lambda point: point.x)) for label, of_label in points.items()]


def captions_of(result: Result, all_measured: list[Measured]) -> list[str]:
    said = result.context.get
    machine = [said("cpu_model"), f"{said('cores')} cores" if said("cores") else None, said("memory")]
    build = [said("compiler"), said("build_type"), f"plenum {said('plenum')}" if said("plenum") else None]
    origin = ", ".join(str(part) for part in (*machine, *build, said("git_revision")) if part)
    runs = [len(measured.benchmark.real_ns) for measured in all_measured]
    count = f"{min(runs)}" if min(runs) == max(runs) else f"{min(runs)} to {max(runs)}"
    of_runs = "One run each." if max(runs) == 1 else f"Medians of {count} runs; bars from the least to the greatest."
    return [origin, of_runs] if origin else [of_runs]


def choose_benchmarks(result: Result, options: argparse.Namespace) -> tuple[str, list[Measured], list[str]]:
    """The x axis, the benchmarks that have a place on it, and why others are left out."""
    matching = [b for b in result.benchmarks.values() if options.filter.search(b.name)]
    left_out = [f"{b.name} failed: {b.failure}" for b in matching if b.failure is not None]
    all_measured = [take_apart(b) for b in matching if b.failure is None]
    if not all_measured:
        raise Unusable(f"{result.path}: no benchmark ran whose name matches '{options.filter.pattern}'")
    x = options.x or choose_x(result, all_measured)
    placed = [measured for measured in all_measured if measured.size(x) is not None]
    if not placed:
        raise Unusable(f"{result.path}: no benchmark has an argument or a counter '{x}'")
    left_out += [f"{m.benchmark.name} has no '{x}'" for m in all_measured if m.size(x) is None]
    return x, placed, left_out


def choose_quantities(result: Result, all_measured: list[Measured], x: str, asked: list[str] | None) -> list[str]:
    counters = dict.fromkeys(name for measured in all_measured for name in measured.benchmark.counters)
    for name in asked or []:
        if name != TIME and name not in counters:
            raise Unusable(f"{result.path}: no benchmark has a counter '{name}'; there are: {', '.join(counters)}")
    return asked or [TIME, *(name for name in counters if name not in (x, *SIZES))]


def charts_of(result: Result, options: argparse.Namespace) -> tuple[dict[str, Chart], list[str]]:
    """The chart of each quantity, and what is not drawn, with the reason."""
    x, all_measured, left_out = choose_benchmarks(result, options)
    labels = list(dict.fromkeys(measured.label(x) for measured in all_measured))
    if len(labels) > SERIES_MAX:
        raise Unusable(
            f"{result.path}: {len(labels)} lines, where {SERIES_MAX} are the most that can be told apart; "
            "choose with --filter"
        )
    x_axis = Axis(X_TITLES.get(x, x), logarithmic=x != "scale" and min(m.size(x) for m in all_measured) > 0)
    captions = captions_of(result, all_measured)
    charts = {}
    for quantity in choose_quantities(result, all_measured, x, options.y):
        left_out += [
            f"{measured.benchmark.name}: {quantity} is not above zero, which a logarithmic axis has no place for"
            for measured in all_measured
            if min(measured.values(quantity), default=1) <= 0
        ]
        series = series_of(all_measured, labels, x, quantity)
        if any(len(one.points) > 1 for one in series):
            y_axis = Axis(y_title(quantity), unit_of(quantity)[1])
            charts[quantity] = Chart(f"{suite_of(result)}: {quantity}", x_axis, y_axis, series, captions)
        else:
            left_out.append(f"{quantity} has no line with two sizes")
    return charts, [f"{result.path}: {reason}" for reason in left_out]


def suite_of(result: Result) -> str:
    return result.suite.removesuffix("_benchmark")


def file_name(suite: str, quantity: str) -> str:
    return re.sub(r"[^\w.-]+", "_", f"{suite}-{quantity.replace('/', '_per_')}") + ".svg"


def plot(options: argparse.Namespace) -> int:
    results: dict[str, Result] = {}
    for path in options.results:
        for suite, result in read_results(path).items():
            if suite in results:
                raise Unusable(f"{results[suite].path} and {result.path} have one name; draw them into two folders")
            results[suite] = result
    drawn, left_out = 0, []
    for result in results.values():
        try:
            charts, reasons = charts_of(result, options)
            left_out += reasons
            for quantity, chart in charts.items():
                print(write_chart(options.folder, file_name(suite_of(result), quantity), chart))
                drawn += 1
        except Unusable as error:
            left_out.append(str(error))
    if not drawn:
        raise Unusable("nothing to draw\n" + "\n".join(left_out))
    for reason in left_out:
        print(f"not drawn: {reason}")
    return 0


def write_chart(folder: Path, name: str, chart: Chart) -> Path:
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(draw(chart), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror}") from error
    return file


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev bench plot",
        description="Draws results over the size of the graph: an SVG file for the time, and one for each counter.",
        epilog="exit status: 0 drawn, 2 nothing to draw or no file to draw it from",
    )
    parser.add_argument("results", metavar="RESULT", nargs="+", type=Path, help="a result file, or a folder of them")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where the SVG files go; made when it is missing")
    parser.add_argument(
        "--x", metavar="NAME", help=f"argument or counter (default: {', '.join(SIZES)}, or what varies most)"
    )
    parser.add_argument("--y", metavar="NAME", action="append", help=f"'{TIME}' or a counter; again for more (all)")
    parser.add_argument("--filter", type=pattern, default=".", metavar="REGEX", help="benchmarks whose names match")
    options = parser.parse_intermixed_args(arguments)
    if options.folder.suffix == ".json" or options.folder.is_file():
        parser.error(f"'{options.folder}' is a file; the last word is the folder to draw into")
    return options


def pattern(text: str) -> re.Pattern:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no regular expression: {error}") from error


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        return plot(options)
    except Unusable as error:
        print(f"bench plot: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
