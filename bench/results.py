"""Result files of Google Benchmark, with the context that bench/main.cpp adds: reading, checking, which may be compared.

What cannot be read raises Unusable, whose text is meant for people: the file, what is wrong, what to do.
"""

import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

# What the context must agree on before the times of two results say something about the code. Not here: date, host and
# load, and what is compared on purpose, the project's version and revision.
MACHINE_AND_BUILD = (
    "cpu_model",
    "cores",
    "num_cpus",
    "memory",
    "kernel",
    "transparent_huge_pages",
    "compiler",
    "compiler_flags",
    "build_type",
    "rocksdb",
    "boost",
    "google_benchmark",
    "library_build_type",
)

NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}

# What Google Benchmark itself says of a run. Every other number is a counter.
RUN_FIELDS = frozenset(
    "name family_index per_family_instance_index run_name run_type repetitions repetition_index threads iterations "
    "real_time cpu_time time_unit label error_occurred error_message skipped skip_message".split()
)


class Unusable(Exception):
    """Input that no answer can be drawn from."""


@dataclass
class Benchmark:
    """One benchmark of a result: a value for each of its runs (repetitions), in the order of the file."""

    name: str
    place: tuple[float, float] = (0, 0)  # among the benchmarks of the program; runs may be interleaved in the file
    real_ns: list[float] = field(default_factory=list)
    cpu_ns: list[float] = field(default_factory=list)
    counters: dict[str, list[float]] = field(default_factory=dict)
    failure: str | None = None  # what the benchmark said when it gave up; then the values are not to be used

    def times_ns(self, kind: str = "own") -> list[float]:
        """The times of kind real (the clock on the wall), cpu, or own: what the benchmark asked to be measured by."""
        if kind == "own":
            kind = "real" if {"real_time", "manual_time"} & set(self.name.split("/")) else "cpu"
        return self.real_ns if kind == "real" else self.cpu_ns


@dataclass
class Result:
    """One result file."""

    path: Path
    context: dict
    benchmarks: dict[str, Benchmark]  # by name, in the order that the program lists them in

    @property
    def suite(self) -> str:
        return self.path.stem

    @property
    def origin(self) -> str:
        """The version, the revision and the date, as far as the file says."""
        said = [str(self.context[key]) for key in ("plenum", "git_revision", "date") if key in self.context]
        return ", ".join(said) or "nothing said of its origin"


def read_result(path: Path) -> Result:
    """Reads one file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    except RecursionError as error:
        raise Unusable(f"{path}: nested too deeply for a result of Google Benchmark") from error
    except ValueError as error:  # no UTF-8, no JSON
        raise Unusable(
            f"{path}: no JSON ({error}); a run that is stopped leaves half a file: measure again"
        ) from error
    context = document.get("context") if isinstance(document, dict) else None
    runs = document.get("benchmarks") if isinstance(document, dict) else None
    if not isinstance(context, dict) or not isinstance(runs, list):
        raise Unusable(
            f"{path}: JSON, but no result of Google Benchmark (an object with 'context' and 'benchmarks'); "
            "./dev bench writes such files to build/bench"
        )
    benchmarks = _gather_runs(path, runs)
    if not benchmarks:
        raise Unusable(f"{path}: holds no benchmark; did a --benchmark_filter match nothing?")
    return Result(path, context, benchmarks)


def read_results(path: Path) -> dict[str, Result]:
    """Reads one file, or each *.json file of a folder; by the name of the suite, which is the file's."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise Unusable(f"{path}: a folder without *.json files; ./dev bench --out=FOLDER writes results to one")
    return {result.suite: result for result in map(read_result, files)}


def differing_surroundings(a: Result, b: Result) -> list[str]:
    """What is said of machine and build that is not the same in both: 'key: VALUE in A, VALUE in B'."""

    def said(result: Result, key: str) -> str:
        return repr(result.context[key]) if key in result.context else "not recorded"

    return [
        f"{key}: {said(a, key)} in A, {said(b, key)} in B"
        for key in MACHINE_AND_BUILD
        if said(a, key) != said(b, key)
    ]


def better_when_lower(counter: str) -> bool | None:
    """Whether less is better, of a counter whose name says that it is a time, a ratio or a rate; None of others."""
    words = re.split(r"[^A-Za-z0-9µ]+", counter.lower())
    if counter.endswith("/s") or "_per_second" in counter or words[0] == "speed":
        return False
    if words[-1] == "s" or words[0] == "times" or {"ns", "us", "µs", "ms", "seconds", "time"} & set(words):
        return True
    return None


def _gather_runs(path: Path, runs: list) -> dict[str, Benchmark]:
    benchmarks: dict[str, Benchmark] = {}
    aggregates: set[str] = set()
    seen: set[tuple[str, int]] = set()
    for number, run in enumerate(runs, start=1):
        if not isinstance(run, dict) or not isinstance(run.get("name"), str):
            raise Unusable(f"{path}: entry {number} of 'benchmarks' has no name; the file is damaged: measure again")
        name = run["run_name"] if isinstance(run.get("run_name"), str) else run["name"]
        if run.get("run_type", "iteration") != "iteration":
            aggregates.add(name)
            continue
        benchmark = benchmarks.setdefault(name, Benchmark(name, _place(run)))
        if run.get("error_occurred") or run.get("skipped"):
            benchmark.failure = str(run.get("error_message") or run.get("skip_message") or "it does not say why")
            continue
        repetition = run.get("repetition_index")
        if isinstance(repetition, int):
            if (name, repetition) in seen:
                raise Unusable(f"{path}: two benchmarks are called '{name}'; give them names of their own")
            seen.add((name, repetition))
        _add_run(path, benchmark, run)
    if not benchmarks and aggregates:
        raise Unusable(
            f"{path}: holds means and medians only, not the runs they come from; "
            "measure without --benchmark_report_aggregates_only"
        )
    return {benchmark.name: benchmark for benchmark in sorted(benchmarks.values(), key=lambda b: b.place)}


def _place(run: dict) -> tuple[float, float]:
    return _number(run.get("family_index")) or 0, _number(run.get("per_family_instance_index")) or 0


def _add_run(path: Path, benchmark: Benchmark, run: dict) -> None:
    factor = NANOSECONDS.get(run.get("time_unit", "ns")) if isinstance(run.get("time_unit", "ns"), str) else None
    times = {key: _number(run.get(key)) for key in ("real_time", "cpu_time")}
    for key, value in times.items():
        if value is None or value < 0:
            raise Unusable(
                f"{path}: '{benchmark.name}' has {run.get(key)!r} as its {key}, where a number is due; "
                "the file is damaged: measure again"
            )
    if factor is None:
        raise Unusable(
            f"{path}: '{benchmark.name}' has the unit {run['time_unit']!r}; one of {', '.join(NANOSECONDS)} is due"
        )
    benchmark.real_ns.append(times["real_time"] * factor)
    benchmark.cpu_ns.append(times["cpu_time"] * factor)
    for key, value in run.items():
        number = None if key in RUN_FIELDS else _number(value)
        if number is not None:
            benchmark.counters.setdefault(key, []).append(number)


def _number(value: object) -> float | None:
    """The value when it is a finite number, else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
