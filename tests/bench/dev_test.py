"""`./dev bench` runs compare and plot in the folder of the caller, with their exit status, and refuses what it does not
know before it builds anything."""

import subprocess
import unittest

from made_results import ROOT, ProgramTest, noisy, runs


class DevTest(ProgramTest):
    def dev(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [str(ROOT / "dev"), "bench", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=60, check=False)

    def test_compares_where_it_is_called(self):
        self.write("a.json", runs("Find", noisy(100)))
        self.write("b.json", runs("Find", noisy(200)))
        self.assertEqual(self.dev("compare", "a.json", "a.json").returncode, 0)
        slower = self.dev("compare", "a.json", "b.json")
        self.assertEqual(slower.returncode, 1)
        self.assertIn("SLOWER", slower.stdout)
        missing = self.dev("compare", "a.json", "c.json")
        self.assertEqual((missing.returncode, missing.stdout), (2, ""))
        self.assertEqual(missing.stderr, "bench compare: c.json: No such file or directory\n")

    def test_draws_where_it_is_called(self):
        self.write("a.json", *(runs(f"Find/scale:{scale}", noisy(100)) for scale in (3, 4)))
        drawn = self.dev("plot", "a.json", "plots")
        self.assertEqual((drawn.returncode, drawn.stdout), (0, "plots/a-time.svg\n"))
        self.assertTrue((self.folder / "plots/a-time.svg").is_file())

    def test_refuses_before_it_builds(self):
        for word, said in {
            "parsers": "there is no suite 'parsers'; there are:",
            "--repetitions=": "--repetitions=",
            "--repetitions=0": "is a number from 1",
            "--repetitions=two": "is a number from 1",
            "--repetitions": "write --repetitions=VALUE",
            "--out": "write --out=VALUE",
        }.items():
            refused = self.dev("parser", word)
            self.assertEqual((refused.returncode, refused.stdout), (1, ""), word)
            self.assertIn(said, refused.stderr)

    def test_names_the_suites_that_there_are(self):
        self.assertIn(" parser ", self.dev("nothing").stderr)

    def test_leaves_nothing_behind(self):
        before = sorted((ROOT / "bench").rglob("*"))
        self.assertEqual(self.dev("compare", "a.json", "b.json").returncode, 2)
        self.assertEqual(sorted((ROOT / "bench").rglob("*")), before)


if __name__ == "__main__":
    unittest.main()
