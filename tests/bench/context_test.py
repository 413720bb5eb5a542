"""A result says what its figures depend on: runs one benchmark, the program in PLENUM_BENCHMARK, and reads its file."""

import os
import platform
import re
import subprocess
import unittest
from pathlib import Path

from made_results import ProgramTest
from results import MACHINE_AND_BUILD, differing_surroundings, read_result


class ContextTest(ProgramTest):
    def measure(self, name: str, *options: str):
        file = self.folder / name
        command = [os.environ["PLENUM_BENCHMARK"], "--benchmark_filter=^ParseText/point_query$"]
        command += [f"--benchmark_out={file}", "--benchmark_out_format=json", "--benchmark_min_time=0.001", *options]
        subprocess.run(command, check=True, capture_output=True)
        return read_result(file)

    def recorded(self, file: str, pattern: str) -> str:
        """What the kernel says in a file, or "unknown"."""
        text = Path(file).read_text(encoding="utf-8") if Path(file).exists() else ""
        found = re.search(pattern, text)
        return found[1] if found else "unknown"

    def test_a_result_says_where_it_comes_from(self):
        context = self.measure("one.json").context
        for key in (*MACHINE_AND_BUILD, "plenum"):
            self.assertNotIn(context.get(key), (None, ""), key)
        self.assertEqual(context["cpu_model"], self.recorded("/proc/cpuinfo", r"model name\s*: (.*)"))
        huge_pages = self.recorded("/sys/kernel/mm/transparent_hugepage/enabled", r"\[(\w+)\]")
        self.assertEqual(context["transparent_huge_pages"], huge_pages)
        self.assertEqual(context["kernel"], f"{platform.system()} {platform.release()}")
        self.assertRegex(context["memory"], r"^[0-9]+\.[0-9] GiB$")
        bytes_here = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        self.assertAlmostEqual(float(context["memory"].split()[0]), bytes_here / 2**30, delta=0.051)
        self.assertRegex(context["rocksdb"], r"^[0-9]+\.[0-9]+\.[0-9]+, (static|shared)$")
        for key in ("boost", "google_benchmark", "plenum"):
            self.assertRegex(context[key], r"^[0-9]+\.[0-9]+\.[0-9]+$", key)

    def test_two_results_of_one_program_may_be_compared(self):
        self.assertEqual(differing_surroundings(self.measure("one.json"), self.measure("other.json")), [])

    def test_a_revision_is_passed_on(self):
        result = self.measure("one.json", "--benchmark_context=git_revision=0123456789ab-dirty")
        self.assertIn("0123456789ab-dirty", result.origin)

    def test_runs_in_random_order_stay_together(self):
        options = ("--benchmark_repetitions=3", "--benchmark_enable_random_interleaving=true")
        (benchmark,) = self.measure("one.json", *options).benchmarks.values()
        self.assertEqual(len(benchmark.cpu_ns), 3)
        self.assertEqual({len(values) for values in benchmark.counters.values()}, {3})


if __name__ == "__main__":
    unittest.main()
