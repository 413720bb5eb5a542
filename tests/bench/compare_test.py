"""What `./dev bench compare` says and its exit status, on made-up results."""

import unittest

from made_results import NOISE, ProgramTest, failing, noisy, runs


class CompareTest(ProgramTest):
    program = "compare"

    def compare(self, *options: str) -> tuple[int, str, str]:
        return self.run_program(self.folder / "a.json", self.folder / "b.json", *options)

    def line(self, out: str, name: str) -> str:
        lines = [line for line in out.splitlines() if line.startswith(name + " ")]
        self.assertEqual(len(lines), 1, out)
        return " ".join(lines[0].split())

    # ---- Verdicts

    def test_verdicts(self):
        self.write("a.json", *(runs(name, noisy(1000)) for name in ("Much", "Little", "Less", "Same")))
        shuffled = NOISE[5:] + NOISE[:5]
        self.write(
            "b.json",
            runs("Much", noisy(1100, shuffled)),
            runs("Little", noisy(1030, shuffled)),
            runs("Less", noisy(900, shuffled)),
            runs("Same", noisy(1000, shuffled)),
        )
        status, out, errors = self.compare()
        self.assertEqual((status, errors), (1, ""))
        self.assertEqual(self.line(out, "Much"), "Much 1.00 µs 1.10 µs 1.100 1.091 … 1.109 SLOWER")
        self.assertEqual(self.line(out, "Little"), "Little 1.00 µs 1.03 µs 1.030 1.022 … 1.038 slower")
        self.assertEqual(self.line(out, "Less"), "Less 1.00 µs 902 ns 0.900 0.893 … 0.907 faster")
        self.assertEqual(self.line(out, "Same"), "Same 1.00 µs 1.00 µs 1.000 0.992 … 1.008 no difference seen")
        last = out.splitlines()[-1]
        self.assertEqual(
            last, "1 of 4 slower beyond 5 %. The rest: 1 slower by less, 1 faster, 1 without a difference seen."
        )

    def test_a_loss_within_the_threshold_is_let_pass(self):
        self.write("a.json", runs("Find", noisy(1000)))
        self.write("b.json", runs("Find", noisy(1100)))
        self.assertEqual(self.compare()[0], 1)
        self.assertEqual(self.compare("--threshold", "9.99")[0], 1)
        self.assertEqual(self.compare("--threshold", "10.01")[0], 0)
        status, out, _ = self.compare("--threshold", "12")
        self.assertEqual(status, 0)
        self.assertEqual(
            out.splitlines()[-1],
            "Nothing is slower beyond 12 %. Of 1: 1 slower by less, 0 faster, 0 without a difference seen.",
        )

    def test_equal_runs_do_not_differ(self):
        self.write("a.json", runs("Find", [7.0] * 5))
        status, out, _ = self.run_program(self.folder / "a.json", self.folder / "a.json")
        self.assertEqual(status, 0)
        self.assertTrue(self.line(out, "Find").endswith("1.000 … 1.000 no difference seen"))

    def test_noise_that_hides_a_difference_is_no_verdict_of_slower(self):
        wide = (0.5, 1.9, 0.7, 1.4, 0.6, 1.8, 1.0, 1.1, 0.9, 1.3)
        self.write("a.json", runs("Find", noisy(1000, wide)))
        self.write("b.json", runs("Find", noisy(1100, wide)))
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertTrue(self.line(out, "Find").endswith("no difference seen"))

    def test_confidence_widens_the_interval(self):
        self.write("a.json", runs("Find", noisy(1000)))
        self.write("b.json", runs("Find", noisy(1008)))
        self.assertTrue(self.line(self.compare("--confidence", "90")[1], "Find").endswith(" slower"))
        out = self.compare("--confidence", "99.9")[1]
        self.assertIn("99.9 % interval", out)
        self.assertTrue(self.line(out, "Find").endswith("no difference seen"))

    def test_units_may_differ(self):
        self.write("a.json", runs("Find", noisy(2_000_000), unit="ns"))
        self.write("b.json", runs("Find", noisy(2), unit="ms"))
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertTrue(self.line(out, "Find").startswith("Find 2.00 ms 2.00 ms 1.000"))

    def test_goes_by_the_time_that_the_benchmark_goes_by(self):
        names = ("Cpu", "Wall/real_time", "Own/scale:3/manual_time")
        self.write("a.json", *(runs(name, noisy(100)) for name in names))
        self.write("b.json", *(runs(name, noisy(100)) for name in names))
        out = self.compare()[1]
        self.assertIn("Cpu 100 ns", self.line(out, "Cpu"))
        self.assertIn("real_time 200 ns", self.line(out, "Wall/real_time"))
        self.assertIn("manual_time 200 ns", self.line(out, "Own/scale:3/manual_time"))
        self.assertIn("Cpu 200 ns", self.line(self.compare("--time", "real")[1], "Cpu"))
        self.assertIn("100 ns", self.line(self.compare("--time", "cpu")[1], "Wall/real_time"))

    def test_lines_stand_in_the_order_of_the_program(self):
        zebra, ant = runs("Zebra", noisy(1), family=0), runs("Ant", noisy(1), family=1)
        self.write("a.json", ant[:3], zebra, ant[3:])
        self.write("b.json", ant, zebra)
        out = self.compare()[1]
        self.assertLess(out.index("Zebra"), out.index("Ant"))
        self.assertEqual(out, self.compare()[1])

    # ---- Too few runs

    def test_one_run_has_no_verdict(self):
        self.write("a.json", runs("Find", [1000]))
        self.write("b.json", runs("Find", [2000]))
        status, out, _ = self.compare()
        self.assertEqual(status, 2)
        self.assertEqual(self.line(out, "Find"), "Find 1.00 µs 2.00 µs 2.000 – no interval: 1 and 1 runs")
        self.assertIn("needs 4 runs each (./dev bench --repetitions=10)", out)
        self.assertEqual(out.splitlines()[-1], "No verdict on any of 1.")

    def test_one_run_beside_others_is_counted(self):
        self.write("a.json", runs("Find", [1000]), runs("Scan", noisy(10)))
        self.write("b.json", runs("Find", [2000]), runs("Scan", noisy(10)))
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertTrue(out.endswith("1 without a difference seen, 1 without a verdict.\n"), out)

    # ---- Counters

    def test_counters_are_compared_when_asked_for(self):
        counters = {"edges/s": noisy(1e8), "ns": noisy(3), "edges": [7.0] * 10, "times_array": noisy(2)}
        slower = {"edges/s": noisy(0.8e8), "ns": noisy(2), "edges": [8.0] * 10, "times_array": noisy(2)}
        counters["bytes_per_second"] = slower["edges/s"]
        slower["bytes_per_second"] = counters["edges/s"]
        self.write("a.json", runs("Find", noisy(100), **counters))
        self.write("b.json", runs("Find", noisy(100), **slower))
        self.assertEqual(self.compare()[0], 0)
        status, out, _ = self.compare("--counters")
        self.assertEqual(status, 1)
        self.assertTrue(self.line(out, "Find edges/s").endswith("SLOWER"))
        self.assertTrue(self.line(out, "Find ns").endswith("faster"))
        self.assertTrue(self.line(out, "Find bytes_per_second").endswith("faster"))
        self.assertTrue(self.line(out, "Find times_array").endswith("no difference seen"))
        self.assertNotIn("Find edges ", out)
        self.assertIn("Find edges ", self.compare("--lower", "edges")[1])
        self.assertEqual(self.compare("--lower", "edges")[0], 1)
        self.assertEqual(self.compare("--higher", "edges")[0], 0)

    def test_a_counter_that_nobody_has_is_named(self):
        self.write("a.json", runs("Find", noisy(100), ns=noisy(1)))
        self.write("b.json", runs("Find", noisy(100), ns=noisy(1)))
        status, _, errors = self.compare("--lower", "bytes")
        self.assertEqual(status, 2)
        self.assertIn("no benchmark has a counter 'bytes'; there are: ns", errors)

    def test_values_that_are_not_above_zero_have_no_ratio(self):
        self.write("a.json", runs("Find", noisy(100), ns=[0.0] * 10))
        self.write("b.json", runs("Find", noisy(100), ns=[1.0] * 10))
        status, out, _ = self.compare("--counters")
        self.assertEqual(status, 0)
        self.assertTrue(self.line(out, "Find ns").endswith("– – no ratio: a value is not above zero"))

    # ---- What is in one only, or fails

    def test_benchmarks_of_one_file_are_named(self):
        self.write("a.json", runs("Find", noisy(1)), runs("Old", noisy(1)))
        self.write("b.json", runs("Find", noisy(1)), runs("New", noisy(1)))
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertIn("only in A: a → b, Old\n", out)
        self.assertIn("only in B: a → b, New\n", out)

    def test_nothing_in_common_is_no_answer(self):
        self.write("a.json", runs("Old", noisy(1)))
        self.write("b.json", runs("New", noisy(1)))
        status, out, errors = self.compare()
        self.assertEqual((status, out), (2, ""))
        self.assertIn("no benchmark in common", errors)
        self.assertIn("only in A: a → b, Old", errors)

    def test_filter_chooses(self):
        self.write("a.json", runs("Find", noisy(1)), runs("Scan", noisy(1)))
        self.write("b.json", runs("Find", noisy(9)), runs("Scan", noisy(1)))
        status, out, _ = self.compare("--filter", "^S")
        self.assertEqual(status, 0)
        self.assertNotIn("Find", out)
        self.assertEqual(self.compare("--filter", "nothing")[0], 2)
        self.assertIn("no regular expression", self.compare("--filter", "(")[2])

    def test_a_failure_in_b_alone_is_worse(self):
        self.write("a.json", runs("Find", noisy(1)), runs("Scan", noisy(1)))
        self.write("b.json", failing("Find", "a wrong tree"), runs("Scan", noisy(1)))
        status, out, _ = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("fails in B: a → b, Find: a wrong tree\n", out)
        self.assertIn("0 of 1 slower beyond 5 % and 1 fail in B.", out)

    def test_a_failure_in_a_is_only_named(self):
        self.write("a.json", failing("Find", "no disk"), runs("Scan", noisy(1)))
        self.write("b.json", failing("Find", "no disk"), runs("Scan", noisy(1)))
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertIn("fails in A and B: a → b, Find: no disk\n", out)

    # ---- Machines and builds

    def test_other_machines_and_builds_are_refused(self):
        self.write("a.json", runs("Find", noisy(1)))
        for key, other in {
            "cpu_model": "Another",
            "cores": "64",
            "memory": None,
            "kernel": "Linux 6.2.0",
            "transparent_huge_pages": "always",
            "compiler": "Clang 14.0.6",
            "compiler_flags": "-O3",
            "build_type": "Debug",
            "rocksdb": "7.8.3, shared",
            "boost": "1.74.0",
            "google_benchmark": "1.8.0",
        }.items():
            with self.subTest(key):
                self.write("b.json", runs("Find", noisy(1)), **{key: other})
                status, out, errors = self.compare()
                self.assertEqual((status, out), (2, ""))
                said = "not recorded" if other is None else repr(other)
                self.assertRegex(errors, f"{key}: '.*' in A, {said} in B")
                self.assertIn("--anyway", errors)
                status, out, errors = self.compare("--anyway")
                self.assertEqual((status, errors), (0, ""))
                self.assertIn(f"not the same in both: a → b: {key}:", out)

    def test_other_versions_and_dates_are_what_is_compared(self):
        self.write("a.json", runs("Find", noisy(1)), git_revision="aaa")
        self.write("b.json", runs("Find", noisy(1)), git_revision="bbb", plenum="0.2.0", date="2025-01-01")
        status, out, _ = self.compare()
        self.assertEqual(status, 0)
        self.assertIn("b.json: 0.2.0, bbb, 2025-01-01\n", out)

    # ---- Folders

    def test_folders_pair_files_by_name(self):
        for folder, time in (("before", 100), ("after", 150)):
            self.write(f"{folder}/parser.json", runs("Find", noisy(100)))
            self.write(f"{folder}/graph.json", runs("Find", noisy(time)))
            self.write(f"{folder}/{folder}.json", runs("Find", noisy(1)))
        status, out, _ = self.run_program(self.folder / "before", self.folder / "after")
        self.assertEqual(status, 1)
        of_graph, of_parser = out.split("parser\n")
        self.assertTrue(of_graph.startswith("graph\n"))
        self.assertTrue(self.line(of_graph, "Find").endswith("SLOWER"))
        self.assertTrue(self.line(of_parser, "Find").endswith("no difference seen"))
        self.assertIn("only in A: the results of before\nonly in B: the results of after\n", out)

    def test_folders_without_a_pair_are_refused(self):
        self.write("before/one.json", runs("Find", noisy(1)))
        self.write("after/other.json", runs("Find", noisy(1)))
        status, _, errors = self.run_program(self.folder / "before", self.folder / "after")
        self.assertEqual(status, 2)
        self.assertIn("no file of the one has the name of a file of the other", errors)
        status, _, errors = self.run_program(self.folder / "before", self.folder / "after/other.json")
        self.assertEqual(status, 2)
        self.assertIn("one is a folder, one is not", errors)
        (self.folder / "empty").mkdir()
        status, _, errors = self.run_program(self.folder / "before", self.folder / "empty")
        self.assertEqual(status, 2)
        self.assertIn("a folder without *.json files", errors)

    # ---- Damage

    def test_damaged_files_are_named_with_what_is_wrong(self):
        good = self.write("a.json", runs("Find", noisy(1)))
        whole = good.read_text(encoding="utf-8")
        run = runs("Find", [1.0])[0]
        entries = {
            "no JSON": whole[: len(whole) // 2],
            "nested too deeply": "[" * 100_000,
            "no result of Google Benchmark": "[1, 2]",
            "holds no benchmark": '{"context": {}, "benchmarks": []}',
        }
        for said, text in entries.items():
            with self.subTest(said):
                self.write_text("b.json", text)
                self.expect_refusal(said)
        for said, entry in {
            "entry 1 of 'benchmarks' has no name": {**run, "name": 7},
            "'Find' has 'fast' as its real_time": {**run, "real_time": "fast"},
            "'Find' has nan as its cpu_time": {**run, "cpu_time": float("nan")},
            "'Find' has -1 as its cpu_time": {**run, "cpu_time": -1},
            "'Find' has None as its real_time": {key: value for key, value in run.items() if key != "real_time"},
            "has the unit 'weeks'; one of ns, us, ms, s is due": {**run, "time_unit": "weeks"},
            "holds means and medians only": {**run, "run_type": "aggregate"},
        }.items():
            with self.subTest(said):
                self.write("b.json", [entry])
                self.expect_refusal(said)

    def expect_refusal(self, said: str) -> None:
        status, out, errors = self.compare()
        self.assertEqual((status, out), (2, ""))
        self.assertIn(str(self.folder / "b.json"), errors)
        self.assertIn(said, errors)

    def test_bytes_that_are_no_text_are_no_json(self):
        self.write("a.json", runs("Find", noisy(1)))
        (self.folder / "b.json").write_bytes(b"\xff\xfe{}")
        self.expect_refusal("no JSON")

    def test_a_missing_file_is_named(self):
        self.write("a.json", runs("Find", noisy(1)))
        self.expect_refusal("No such file")

    def test_two_benchmarks_of_one_name_are_not_mixed(self):
        self.write("a.json", runs("Find", noisy(1)))
        self.write("b.json", runs("Find", noisy(1)), runs("Find", noisy(2)))
        self.expect_refusal("two benchmarks are called 'Find'")

    def test_a_fault_of_the_command_line_has_status_2(self):
        for fault in (["--threshold", "-1"], ["--threshold", "some"], ["--confidence", "100"], ["--no"], ["more"]):
            self.assertEqual(self.run_program("a", "b", *fault)[0], 2, fault)
        self.assertEqual(self.run_program("a")[0], 2)


if __name__ == "__main__":
    unittest.main()
