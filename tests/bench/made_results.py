"""Made-up result files, and running the programs of bench/ on them inside this process."""

import contextlib
import copy
import importlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

CONTEXT = {
    "date": "2024-05-01T10:00:00+00:00",
    "num_cpus": 2,
    "library_build_type": "release",
    "cpu_model": "Made-up 9000",
    "cores": "2",
    "memory": "15.5 GiB",
    "kernel": "Linux 6.1.0",
    "transparent_huge_pages": "madvise",
    "compiler": "GNU 12.2.0",
    "compiler_flags": "-O2 -DNDEBUG",
    "build_type": "Release",
    "rocksdb": "7.8.3, static",
    "boost": "1.81.0",
    "google_benchmark": "1.7.1",
    "plenum": "0.1.0",
}

# Ten runs around 1 with some noise, none twice.
NOISE = (1.003, 0.991, 1.012, 0.998, 1.007, 0.994, 1.001, 1.009, 0.996, 1.015)


def runs(name: str, times: list[float], unit: str = "ns", family: int = 0, **counters: list[float]) -> list[dict]:
    """The entries of one benchmark, one a time; the real time is twice the time of the processor."""
    return [
        {
            "name": name,
            "family_index": family,
            "per_family_instance_index": 0,
            "run_name": name,
            "run_type": "iteration",
            "repetitions": len(times),
            "repetition_index": repetition,
            "threads": 1,
            "iterations": 100,
            "real_time": 2 * time,
            "cpu_time": time,
            "time_unit": unit,
            **{counter: values[repetition] for counter, values in counters.items()},
        }
        for repetition, time in enumerate(times)
    ]


def noisy(middle: float, noise: tuple[float, ...] = NOISE) -> list[float]:
    return [middle * factor for factor in noise]


def failing(name: str, message: str) -> list[dict]:
    return [{**runs(name, [0])[0], "error_occurred": True, "error_message": message}]


class ProgramTest(unittest.TestCase):
    """Runs one program of bench/ on files in a folder that goes with the test."""

    program: str

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, *entries: list[dict], **context: object) -> Path:
        """A result file; a context of None is left out."""
        said = {key: value for key, value in {**copy.deepcopy(CONTEXT), **context}.items() if value is not None}
        document = {"context": said, "benchmarks": [entry for group in entries for entry in group]}
        return self.write_text(name, json.dumps(document))

    def write_text(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run_program(self, *arguments: object) -> tuple[int, str, str]:
        """The exit status, the output and the errors."""
        main = importlib.import_module(self.program).main
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            try:
                status = main([str(argument) for argument in arguments])
            except SystemExit as exit_by_parser:
                status = exit_by_parser.code
        return status, out.getvalue(), errors.getvalue()
