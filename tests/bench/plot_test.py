"""What `./dev bench plot` draws, on made-up results: files, series, places of points, axes; and what it refuses."""

import re
import unittest
import xml.etree.ElementTree as ElementTree

from made_results import ProgramTest, failing, noisy, runs

SVG = "{http://www.w3.org/2000/svg}"


class PlotTest(ProgramTest):
    program = "plot"

    def plot(self, *arguments: object) -> tuple[int, str, str]:
        return self.run_program(*arguments, self.folder / "plots")

    def picture(self, name: str) -> ElementTree.Element:
        return ElementTree.parse(self.folder / "plots" / name).getroot()

    def texts(self, picture: ElementTree.Element) -> list[str]:
        return [text.text for text in picture.iter(SVG + "text")]

    def lines(self, picture: ElementTree.Element) -> list[list[tuple[float, float]]]:
        """The places of the points of each line."""
        return [
            [tuple(map(float, point.split(","))) for point in line.get("points").split()]
            for line in picture.iter(SVG + "polyline")
        ]

    def write_scales(self, name: str = "graph_benchmark.json"):
        return self.write(
            name,
            *(
                runs(f"{kernel}/scale:{scale}/iterations:21/manual_time", noisy(ns * 2**scale), ns=noisy(ns))
                for kernel, ns in (("Scan", 1), ("Hop", 10))
                for scale in (12, 14, 18)
            ),
            git_revision="0123456789ab",
        )

    def test_a_file_for_the_time_and_each_counter(self):
        status, out, errors = self.plot(self.write_scales())
        plots = self.folder / "plots"
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(out, f"{plots}/graph-time.svg\n{plots}/graph-ns.svg\n")
        self.assertEqual(sorted(file.name for file in plots.iterdir()), ["graph-ns.svg", "graph-time.svg"])

    def test_points_lie_where_they_belong(self):
        self.plot(self.write_scales())
        scan, hop = self.lines(self.picture("graph-time.svg"))
        for line in (scan, hop):
            self.assertEqual([x for x, _ in line], sorted(x for x, _ in line))
            (x1, y1), (x2, y2), (x3, y3) = line
            # Scale is even: 14 is a third of the way from 12 to 18. Time doubles with each step on a logarithmic axis.
            self.assertAlmostEqual((x2 - x1) / (x3 - x1), 1 / 3, delta=0.001)
            self.assertAlmostEqual((y2 - y1) / (y3 - y1), 1 / 3, delta=0.005)
            self.assertLess(y3, y1)  # upwards
        self.assertLess(hop[0][1], scan[0][1])
        flat, _ = self.lines(self.picture("graph-ns.svg"))
        self.assertEqual(len({y for _, y in flat}), 1)

    def test_axes_and_legend_are_labelled(self):
        self.plot(self.write_scales())
        texts = self.texts(self.picture("graph-time.svg"))
        self.assertEqual(texts[0], "graph: time")
        self.assertIn("scale (2^scale nodes)", texts)
        self.assertIn("of an iteration, less is better, logarithmic", texts)
        self.assertTrue({"12", "14", "18", "10 µs", "100 µs", "1 ms"} <= set(texts), texts)
        self.assertLess(texts.index("Hop"), texts.index("Scan"))  # as the lines end, from top to bottom
        self.assertIn("Made-up 9000, 2 cores, 15.5 GiB, GNU 12.2.0, Release, plenum 0.1.0, 0123456789ab", texts)
        self.assertIn("Medians of 10 runs; bars from the least to the greatest.", texts)

    def test_bars_reach_from_the_least_to_the_greatest(self):
        noise = (1.0, 4.0, 2.0)
        self.write("one.json", *(runs(f"A/scale:{scale}", noisy(100, noise)) for scale in (1, 2)))
        self.plot(self.folder / "one.json")
        picture = self.picture("one-time.svg")
        ((_, middle), _) = self.lines(picture)[0]
        bars = [line for line in picture.iter(SVG + "line") if line.get("class") == "s0"]
        self.assertEqual(len(bars), 2)
        greatest, least = float(bars[0].get("y1")), float(bars[0].get("y2"))
        self.assertAlmostEqual(middle - greatest, least - middle, delta=0.2)  # 4 is to 2 as 2 is to 1

    def test_next_to_nothing_does_not_fill_the_picture(self):
        self.write("one.json", *(runs(f"A/scale:{scale}", [100 + scale]) for scale in (1, 2)))
        self.plot(self.folder / "one.json")
        ((_, y1), (_, y2)) = self.lines(self.picture("one-time.svg"))[0]
        self.assertGreater(y1, y2)
        self.assertLess(y1 - y2, 5)

    def test_light_and_dark(self):
        self.plot(self.write_scales())
        style = self.picture("graph-time.svg").find(SVG + "style").text
        self.assertIn("@media (prefers-color-scheme: dark)", style)
        light, dark = style.split("@media")
        for name in ("text", ".ground", ".grid", ".axis", ".quiet", ".s0", ".f7"):
            self.assertRegex(light, rf"{re.escape(name)} {{")
            self.assertRegex(dark, rf"{re.escape(name)} {{")

    def test_the_same_input_gives_the_same_bytes(self):
        result = self.write_scales()
        self.plot(result)
        first = (self.folder / "plots/graph-time.svg").read_bytes()
        self.plot(result)
        self.assertEqual((self.folder / "plots/graph-time.svg").read_bytes(), first)

    def test_a_counter_can_be_the_x_axis(self):
        self.write(
            "one.json",
            *(
                runs(f"A/scale:{scale}/directed:{d}", [5.0 * edges], edges=[edges])
                for d in (0, 1)
                for scale, edges in ((3, 1000), (4, 10_000), (5, 1_000_000))
            ),
        )
        self.plot(self.folder / "one.json", "--x", "edges", "--y", "time")
        picture = self.picture("one-time.svg")
        texts = self.texts(picture)
        self.assertTrue({"A, directed 0", "A, directed 1", "edges", "1 k", "1 M", "One run each."} <= set(texts), texts)
        (x1, _), (x2, _), (x3, _) = self.lines(picture)[0]
        self.assertAlmostEqual((x2 - x1) / (x3 - x1), 1 / 3, delta=0.001)  # logarithmic

    def test_without_a_size_the_argument_that_varies_is_the_x_axis(self):
        self.write("one.json", *(runs(f"Nested/lists/{depth}", [depth]) for depth in (1, 10, 100)), runs("Flat", [1]))
        status, out, _ = self.plot(self.folder / "one.json")
        self.assertEqual(status, 0)
        self.assertIn("Nested/lists", self.texts(self.picture("one-time.svg")))
        self.assertIn("not drawn: " + str(self.folder / "one.json") + ": Flat has no 'argument 1'\n", out)

    def test_rates_and_ratios_say_what_is_better(self):
        counters = {"edges/s": [2e8], "times_array": [1.5]}
        self.write("one.json", *(runs(f"A/scale:{scale}", [1], **counters) for scale in (1, 2)))
        self.plot(self.folder / "one.json")
        rates = self.texts(self.picture("one-edges_per_s.svg"))
        self.assertTrue({"one: edges/s", "more is better, logarithmic", "200 M"} <= set(rates), rates)
        self.assertIn("less is better, logarithmic", self.texts(self.picture("one-times_array.svg")))

    def test_what_cannot_be_drawn_is_named(self):
        self.write(
            "one.json",
            *(runs(f"A/scale:{scale}", [1], ns=[0.0]) for scale in (1, 2)),
            failing("B/scale:3", "no disk"),
        )
        status, out, _ = self.plot(self.folder / "one.json")
        self.assertEqual(status, 0)
        self.assertIn("A/scale:1: ns is not above zero", out)
        self.assertIn("ns has no line with two sizes", out)
        self.assertIn("B/scale:3 failed: no disk", out)

    def test_names_may_hold_anything(self):
        name = 'A<b>&"c"\u0007/scale:'
        self.write("one.json", *(runs(f"{name}{scale}", [1], **{"x/../y": [1.0]}) for scale in (1, 2)))
        self.assertEqual(self.plot(self.folder / "one.json")[0], 0)
        self.assertIn('A<b>&"c"\ufffd', self.texts(self.picture("one-time.svg")))
        self.assertEqual(len(list((self.folder / "plots").iterdir())), 2)

    def test_refusals(self):
        single = self.write("single.json", runs("A/scale:3", [1]))
        self.expect_refusal("no argument or counter of the benchmarks takes several values", single)
        self.expect_refusal("no benchmark has an argument or a counter 'edges'", single, "--x", "edges")
        scales = self.write_scales()
        self.expect_refusal("no benchmark has a counter 'bytes'; there are: ns", scales, "--y", "bytes")
        self.expect_refusal("no benchmark ran whose name matches 'nothing'", scales, "--filter", "nothing")
        self.expect_refusal("have one name", scales, self.write_scales("again/graph_benchmark.json"))
        self.expect_refusal("No such file", self.folder / "missing.json")
        many = self.write("many.json", *(runs(f"A{i}/scale:{scale}", [1]) for i in range(25) for scale in (1, 2)))
        self.expect_refusal("25 lines, where 24 are the most", many)

    def expect_refusal(self, said: str, *arguments: object) -> None:
        status, out, errors = self.plot(*arguments)
        self.assertEqual((status, out), (2, ""))
        self.assertIn(said, errors)
        self.assertFalse((self.folder / "plots").exists())

    def test_a_folder_must_be_named(self):
        result = self.write_scales()
        status, _, errors = self.run_program(result, result)
        self.assertEqual(status, 2)
        self.assertIn("the last word is the folder to draw into", errors)
        in_the_way = self.write_text("file/plots", "")
        status, _, errors = self.run_program(result, in_the_way / "below")
        self.assertEqual(status, 2)
        self.assertIn("Not a directory", errors)


if __name__ == "__main__":
    unittest.main()
