"""Plots as inline SVG. Colours come from the page's CSS variables, so that one plot reads well in light and in dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from eval.statistics import Estimate, RiskPoint

WIDTH, ROW, LEFT, RIGHT = 760, 26, 150, 110
WIDE_LEFT = 300  # where names are sentences
_PALETTE = ("--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7")


def interval_bars(figures: Sequence[tuple[str, Estimate]], *, title: str) -> str:
    """One bar a name with its 95 % interval as a whisker; figures are between 0 and 1."""
    height = ROW * len(figures) + 30
    parts = [_grid(height)]
    for place, (name, figure) in enumerate(figures):
        y = ROW * place + 8
        parts.append(f'<text x="{LEFT - 8}" y="{y + 13}" class="name">{escape(name)}</text>')
        if figure.mean is None or figure.low is None or figure.high is None:
            parts.append(f'<text x="{LEFT + 6}" y="{y + 13}" class="value">no rows</text>')
            continue
        low, high, mean = _x(figure.low), _x(figure.high), _x(figure.mean)
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{mean - LEFT:.1f}" height="16" fill="var(--c1)" rx="2"/>')
        parts.append(
            f'<path d="M{low:.1f} {y + 8}H{high:.1f}M{low:.1f} {y + 3}v10M{high:.1f} {y + 3}v10" class="whisker"/>'
        )
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 13}" class="value">{figure.mean:.3f}</text>')
    return _svg(parts, height, title)


def stacked_bars(counts: Sequence[tuple[str, Mapping[str, int], int]], *, order: Sequence[str], title: str) -> str:
    """Of each name's rows, how many were lost at which stage; the rest of the bar is what was right."""
    height = ROW * len(counts) + 56
    parts = [_grid(height - 26)]
    for place, (name, lost, rows) in enumerate(counts):
        y, x = ROW * place + 8, float(LEFT)
        parts.append(f'<text x="{LEFT - 8}" y="{y + 13}" class="name">{escape(name)}</text>')
        for colour, stage in zip(_PALETTE, order, strict=False):
            width = (WIDTH - LEFT - RIGHT) * lost.get(stage, 0) / max(1, rows)
            if width:
                said = f"<title>{escape(stage)}: {lost[stage]} of {rows}</title>"
                parts.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="16" fill="var({colour})">{said}</rect>'
                )
            x += width
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 13}" class="value">{sum(lost.values())}/{rows}</text>')
    x = float(LEFT)
    for colour, stage in zip(_PALETTE, order, strict=False):
        parts.append(f'<rect x="{x - 100:.0f}" y="{height - 18}" width="10" height="10" fill="var({colour})"/>')
        parts.append(f'<text x="{x - 86:.0f}" y="{height - 9}" class="key">{escape(stage)}</text>')
        x += 22 + 6.4 * len(stage)
    return _svg(parts, height, title)


def risk_curve(points: Sequence[RiskPoint], *, title: str) -> str:
    """Share of answers that are wrong (up) over the share of questions answered (right)."""
    height, base, top = 260, 220, 14
    span = WIDTH - LEFT - RIGHT

    def at(point: RiskPoint) -> str:
        return f"{LEFT + span * point.coverage:.1f},{base - (base - top) * point.risk:.1f}"

    parts = [f'<path d="M{LEFT} {top}V{base}H{LEFT + span}" class="axis"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<text x="{LEFT + span * tick:.0f}" y="{base + 16}" class="tick">{tick:g}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{base - (base - top) * tick + 4:.0f}" class="name">{tick:g}</text>')
    if points:
        parts.append(f'<polyline points="{" ".join(map(at, points))}" class="line"/>')
    parts.append(
        f'<text x="{LEFT + span / 2:.0f}" y="{base + 34}" class="tick">share of questions answered, surest first</text>'
    )
    return _svg(parts, height, title)


def gate_curves(
    curves: Sequence[Sequence[tuple[float, float]]], chosen: Sequence[tuple[float, float]], *, title: str
) -> str:
    """Share of unanswerable questions refused (up) over the share of answerable ones answered (right).

    The first curve is drawn whole, the second dashed; a dot marks the chosen point on each.
    """
    height, base, top = 260, 220, 14
    span = WIDTH - LEFT - RIGHT

    def at(point: tuple[float, float]) -> tuple[str, str]:
        return f"{LEFT + span * point[0]:.1f}", f"{base - (base - top) * point[1]:.1f}"

    parts = [f'<path d="M{LEFT} {top}V{base}H{LEFT + span}" class="axis"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<text x="{LEFT + span * tick:.0f}" y="{base + 16}" class="tick">{tick:g}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{base - (base - top) * tick + 4:.0f}" class="name">{tick:g}</text>')
    for curve, dashes in zip(curves, ("", ' stroke-dasharray="5 4"'), strict=False):
        parts.append(f'<polyline points="{" ".join(",".join(at(point)) for point in curve)}" class="line"{dashes}/>')
    for x, y in map(at, chosen):
        parts.append(f'<circle cx="{x}" cy="{y}" r="4" class="dot"/>')
    parts.append(
        f'<text x="{LEFT + span / 2:.0f}" y="{base + 34}" class="tick">share of answerable questions answered</text>'
    )
    return _svg(parts, height, title)


def latency_bars(stages: Sequence[tuple[str, float, float]], *, title: str) -> str:
    """Milliseconds at the median (bar) and at the 95th percentile (whisker) for each stage."""
    most = max((p95 for _, _, p95 in stages), default=1.0) or 1.0
    height = ROW * len(stages) + 14
    parts = []
    for place, (name, median, p95) in enumerate(stages):
        y = ROW * place + 8
        middle, end = _x(median / most), _x(p95 / most)
        parts.append(f'<text x="{LEFT - 8}" y="{y + 13}" class="name">{escape(name)}</text>')
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{middle - LEFT:.1f}" height="16" fill="var(--c2)" rx="2"/>')
        parts.append(f'<path d="M{middle:.1f} {y + 8}H{end:.1f}m0 -5v10" class="whisker"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 13}" class="value">{median:.1f} / {p95:.1f}</text>')
    return _svg(parts, height, title)


def ratio_bars(ratios: Sequence[tuple[str, float]], *, title: str) -> str:
    """How many times better, on a scale of powers of ten; bars to the left of the line at 1 are worse."""
    powers = [math.log10(max(ratio, 1e-3)) for _, ratio in ratios]
    low, high = min([0.0, *powers]), max([1.0, *powers])
    height = ROW * len(ratios) + 30
    left = WIDE_LEFT

    def at(power: float) -> float:
        return left + (WIDTH - left - RIGHT) * (power - low) / (high - low)

    ticks = range(math.ceil(low), math.floor(high) + 1)
    lines = "".join(f"M{at(tick):.0f} 4V{height - 20}" for tick in ticks)
    parts = [f'<path d="{lines}" class="grid"/>']
    parts += [f'<text x="{at(tick):.0f}" y="{height - 6}" class="tick">{10.0**tick:g} ×</text>' for tick in ticks]
    for place, ((name, ratio), power) in enumerate(zip(ratios, powers, strict=True)):
        y, start, end = ROW * place + 8, *sorted((at(0.0), at(power)))
        colour = "--c2" if ratio >= 1 else "--c4"
        parts.append(f'<text x="{left - 8}" y="{y + 13}" class="name">{escape(name)}</text>')
        parts.append(
            f'<rect x="{start:.1f}" y="{y}" width="{end - start:.1f}" height="16" fill="var({colour})" rx="2"/>'
        )
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 13}" class="value">{ratio:.1f} ×</text>')
    return _svg(parts, height, title)


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def _grid(height: int) -> str:
    lines = "".join(f"M{_x(tick):.0f} 4V{height - 20}" for tick in (0.25, 0.5, 0.75, 1.0))
    ticks = "".join(
        f'<text x="{_x(tick):.0f}" y="{height - 6}" class="tick">{tick:g}</text>'
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    return f'<path d="{lines}" class="grid"/>{ticks}'


def _svg(parts: Sequence[str], height: int, title: str) -> str:
    label = escape(title, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
