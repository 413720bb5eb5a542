"""A line chart as SVG text: a logarithmic or even x axis, a logarithmic y axis, a legend, colours for light and dark.

Written by hand, not by a plotting program: nothing to install, the same bytes for the same input, and the page that
shows the picture decides between light and dark (prefers-color-scheme).
"""

import math
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

SERIES_MAX = 24  # beyond, nobody tells the lines apart

PLOT_WIDTH, PLOT_HEIGHT = 620, 360
LEFT, TOP, BOTTOM, LEGEND_GAP = 84, 60, 96, 24
CHARACTER_WIDTH = 8.2  # of the legend's text, on average, in a wide font

# One colour a series, for a light ground and for a dark one; then the next dashes.
COLOURS = (
    ("#0b62a4", "#6cb6ff"),
    ("#c2410c", "#fb923c"),
    ("#15803d", "#4ade80"),
    ("#7e22ce", "#c99bff"),
    ("#a16207", "#facc15"),
    ("#be185d", "#f472b6"),
    ("#0e7490", "#22d3ee"),
    ("#4b5563", "#cbd5e1"),
)
DASHES = ("", "7 4", "2 3")
MARKERS = ("circle", "square", "triangle", "diamond", "down")

STYLE = """  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { fill: #5b6472; font-size: 12px }
  .ground { fill: #ffffff }
  .grid { stroke: #e5e7eb }
  .axis { stroke: #6b7280 }
  .line { fill: none; stroke-width: 2 }
"""
DARK_STYLE = """    text { fill: #e5e7eb }
    .quiet { fill: #a3acba }
    .ground { fill: #0d1117 }
    .grid { stroke: #262d37 }
    .axis { stroke: #8b949e }
"""

PREFIXES = {-12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"}


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    least: float  # of the runs that y is the median of
    greatest: float


@dataclass(frozen=True)
class Series:
    label: str
    points: list[Point]  # by x


@dataclass(frozen=True)
class Axis:
    title: str  # the y axis's stands above it
    unit: str = ""
    logarithmic: bool = True


@dataclass(frozen=True)
class Chart:
    title: str
    x: Axis
    y: Axis
    series: list[Series]  # a place in it is a colour; one without points keeps its place and is not drawn
    captions: list[str]  # small lines below


def short_number(value: float, unit: str = "") -> str:
    """Three figures and a prefix of a thousand: 1200 is '1.2 k', 3e-9 of 's' is '3 ns'."""
    if value == 0:
        return f"0 {unit}".rstrip()
    power = min(12, max(-12, 3 * math.floor(math.log10(abs(value) * (1 + 1e-9)) / 3)))
    return f"{value / 10.0**power:.3g} {PREFIXES[power]}{unit}".rstrip()


class Scale:
    """From values to places along an axis, and the values to mark on it."""

    def __init__(self, values: list[float], logarithmic: bool, begin: float, end: float):
        self._logarithmic = logarithmic
        self._begin, self._end = begin, end
        low, high = self._way(min(values)), self._way(max(values))
        # Next to nothing must not fill the picture: at least a factor of 4, or 2 steps.
        missing = max(0.0, (math.log10(4) if logarithmic else 2) - (high - low))
        margin = missing / 2 + 0.04 * (high - low)
        self._low, self._high = low - margin, high + margin

    def place(self, value: float) -> float:
        share = (self._way(value) - self._low) / (self._high - self._low)
        return self._begin + share * (self._end - self._begin)

    def ticks(self) -> list[float]:
        if not self._logarithmic:
            step = self._even_step()
            first, last = math.ceil(self._low / step - 1e-9), math.floor(self._high / step + 1e-9)
            return [step * i for i in range(first, last + 1)]
        decades = range(math.floor(self._low), math.ceil(self._high) + 1)
        for digits in ((1, 1.5, 2, 3, 4, 5, 6, 8), (1, 2, 5)):
            values = [digit * 10.0**decade for decade in decades for digit in digits]
            inside = [value for value in values if self._low <= math.log10(value) <= self._high]
            if len(inside) <= 9:
                return inside
        step = 1 + len(decades) // 10
        return [10.0**d for d in decades if d % step == 0 and self._low <= d <= self._high]

    def _way(self, value: float) -> float:
        return math.log10(value) if self._logarithmic else value

    def _even_step(self) -> float:
        rough = max((self._high - self._low) / 10, 1e-300)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))
        return max(step, 1.0)


def draw(chart: Chart) -> str:
    """The chart as the text of an SVG file. Some series must have a point; all values on logarithmic axes are above
    zero."""
    points = [point for series in chart.series for point in series.points]
    x = Scale([point.x for point in points], chart.x.logarithmic, LEFT, LEFT + PLOT_WIDTH)
    heights = [height for point in points for height in (point.least, point.greatest)]
    y = Scale(heights, chart.y.logarithmic, TOP + PLOT_HEIGHT, TOP)
    legend_width = 44 + CHARACTER_WIDTH * max(len(series.label) for series in chart.series if series.points)
    caption_width = 6.2 * max(map(len, chart.captions), default=0)
    width = math.ceil(LEFT + max(PLOT_WIDTH + LEGEND_GAP + legend_width, caption_width + LEGEND_GAP))
    rows = sum(bool(series.points) for series in chart.series)
    height = max(TOP + PLOT_HEIGHT + BOTTOM, TOP + 20 * rows + LEGEND_GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img">',
        f"<title>{_text(chart.title)}</title>",
        f"<style>\n{STYLE}{_series_style(0)}  @media (prefers-color-scheme: dark) {{\n{DARK_STYLE}"
        f"{_series_style(1)}  }}\n</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>',
        f'<text class="title" x="{LEFT}" y="28">{_text(chart.title)}</text>',
        *_draw_axes(chart, x, y),
        *(part for place, series in enumerate(chart.series) for part in _draw_series(chart, place, series, x, y)),
        *_draw_legend(chart),
        *(
            f'<text class="quiet" x="{LEFT}" y="{TOP + PLOT_HEIGHT + 66 + 17 * row}">{_text(caption)}</text>'
            for row, caption in enumerate(chart.captions)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(text: str) -> str:
    """Text for XML, which has no place for most control characters."""
    return escape(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text))


def _series_style(ground: int) -> str:
    indent = "    " if ground else "  "
    return "".join(
        f"{indent}.s{i} {{ stroke: {colours[ground]} }} .f{i} {{ fill: {colours[ground]} }}\n"
        for i, colours in enumerate(COLOURS)
    )


def _draw_axes(chart: Chart, x: Scale, y: Scale) -> list[str]:
    bottom, right = TOP + PLOT_HEIGHT, LEFT + PLOT_WIDTH
    parts = []
    for tick in x.ticks():
        at = f"{x.place(tick):.1f}"
        parts.append(f'<line class="grid" x1="{at}" y1="{TOP}" x2="{at}" y2="{bottom}"/>')
        label = short_number(tick, chart.x.unit)
        parts.append(f'<text x="{at}" y="{bottom + 20}" text-anchor="middle">{_text(label)}</text>')
    for tick in y.ticks():
        at = y.place(tick)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{at:.1f}" x2="{right}" y2="{at:.1f}"/>')
        label = short_number(tick, chart.y.unit)
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_text(label)}</text>')
    return parts + [
        f'<path class="axis" fill="none" d="M{LEFT} {TOP} V{bottom} H{right}"/>',
        f'<text x="{LEFT + PLOT_WIDTH / 2:g}" y="{bottom + 42}" text-anchor="middle">{_text(chart.x.title)}</text>',
        f'<text class="quiet" x="{LEFT}" y="48">{_text(chart.y.title)}</text>',
    ]


def _draw_series(chart: Chart, place: int, series: Series, x: Scale, y: Scale) -> list[str]:
    if not series.points:
        return []
    parts = []
    places = [(x.place(point.x), y.place(point.y)) for point in series.points]
    if len(places) > 1:
        parts.append(f'<polyline {_stroke(place)} points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in places)}"/>')
    colour = place % len(COLOURS)
    for point, (a, b) in zip(series.points, places):
        if point.least < point.greatest:
            ends = f'y1="{y.place(point.greatest):.1f}" y2="{y.place(point.least):.1f}"'
            parts.append(f'<line class="s{colour}" x1="{a:.1f}" x2="{a:.1f}" {ends}/>')
        said = f"{series.label}: {short_number(point.y, chart.y.unit)} at {short_number(point.x, chart.x.unit)}"
        parts.append(f'<path class="f{colour}" d="{_marker(place, a, b)}"><title>{_text(said)}</title></path>')
    return parts


def _draw_legend(chart: Chart) -> list[str]:
    """From top to bottom as the lines end at the right."""
    drawn = [(place, series) for place, series in enumerate(chart.series) if series.points]
    drawn.sort(key=lambda each: (-each[1].points[-1].y, each[0]))
    left = LEFT + PLOT_WIDTH + LEGEND_GAP
    parts = []
    for row, (place, series) in enumerate(drawn):
        at = TOP + 10 + 20 * row
        parts += [
            f'<path {_stroke(place)} d="M{left} {at} h28"/>',
            f'<path class="f{place % len(COLOURS)}" d="{_marker(place, left + 14, at)}"/>',
            f'<text x="{left + 36}" y="{at + 4}">{_text(series.label)}</text>',
        ]
    return parts


def _stroke(place: int) -> str:
    dash = DASHES[place // len(COLOURS) % len(DASHES)]
    return f'class="line s{place % len(COLOURS)}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _marker(place: int, x: float, y: float) -> str:
    begin = f"M{x:.1f} {y:.1f}"
    return begin + {
        "circle": "m-4 0 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0z",
        "square": "m-3.5 -3.5 h7 v7 h-7z",
        "triangle": "m0 -5 l4.5 8 h-9z",
        "diamond": "m0 -5 l5 5 l-5 5 l-5 -5z",
        "down": "m0 5 l4.5 -8 h-9z",
    }[MARKERS[place % len(MARKERS)]]
