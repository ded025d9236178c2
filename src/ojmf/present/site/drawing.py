"""Small pictures in the cells of tables, as SVG text drawn straight from the figures.

Every place on a scale is in percent of the cell's width, so that a picture fits any screen. The
figures stand beside them in the same row, which is why the pictures are hidden from readers aloud.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from ojmf.model import Answer

_HIDDEN = 'aria-hidden="true" focusable="false"'
_DIAMOND = '<path d="M0-5 5 0 0 5-5 0z"/>'
_ROW_HEIGHT, _SPARK_HEIGHT, _STRIP_HEIGHT = 20, 22, 26
_SHAPES = {
    Answer.YES.value: '<circle class="full" cx="6" cy="6" r="5"/>',
    Answer.PARTLY.value: (
        '<circle cx="6" cy="6" r="5"/><path class="full" d="M6 1a5 5 0 0 0 0 10z"/>'
    ),
    Answer.NO.value: '<rect x="1.5" y="1.5" width="9" height="9"/>',
    None: '<path class="dashed" d="M0 6h12"/>',
}
_CLASSES = {Answer.YES.value: "yes", Answer.PARTLY.value: "part", Answer.NO.value: "no"}


def answer_class(answer: str | None) -> str:
    """The class of an answer's colour."""
    return _CLASSES.get(answer or "", "none")


def answer_shape(answer: str | None) -> Markup:
    """Filled circle for yes, half for partly, hollow square for no, dashes for no answer."""
    return Markup(f'<svg class="shape" width="12" height="12" {_HIDDEN}>{_SHAPES[answer]}</svg>')


def key_shape(name: str) -> Markup:
    """A symbol of the scale, for the key above a table: own, county, country or band."""
    inner = {
        "own": '<circle class="own" cx="7" cy="7" r="6"/>',
        "county": f'<g class="county" transform="translate(7 7)">{_DIAMOND}</g>',
        "country": '<path class="country" d="M7 0v14"/>',
        "band": '<path class="band" d="M0 3h14v8H0z"/>',
    }[name]
    return Markup(f'<svg width="14" height="14" {_HIDDEN}>{inner}</svg>')


def scale(
    own: float | None,
    county: float | None,
    country: float | None,
    band: tuple[float, float] | None = None,
) -> Markup:
    """Own share (dot), county (diamond) and country (line) between 0 and 100 %, over ``band``."""
    middle = _ROW_HEIGHT / 2
    parts = []
    if band is not None:
        low, high = band
        parts.append(
            f'<rect class="band" x="{_at(low)}" width="{_at(high - low)}" y="5" height="10"/>'
        )
    parts += _references(county, country)
    if own is not None:
        parts.append(f'<circle class="own" cx="{_at(own)}" cy="{middle:g}" r="5.5"/>')
    return _svg(_ROW_HEIGHT, parts)


def share(answer: str | None, county: float | None, country: float | None) -> Markup:
    """The shares of JA as :func:`scale`, with a line up to the county in the answer's colour."""
    middle, up_to = _ROW_HEIGHT / 2, county if county is not None else country
    drawn = []
    if up_to:
        kind = answer_class(answer)
        drawn = [f'<line class="{kind}" x1="0" x2="{_at(up_to)}" y1="{middle:g}" y2="{middle:g}"/>']
    return _svg(_ROW_HEIGHT, drawn + _references(county, country))


def bar(value: float | None) -> Markup:
    """A share as a bar between 0 and 100 %."""
    drawn = [] if value is None else [f'<rect class="bar" width="{_at(value)}" y="6" height="8"/>']
    return _svg(_ROW_HEIGHT, ['<rect class="band" width="100%" y="6" height="8"/>', *drawn])


def spark(values: Sequence[float | None], limits: Sequence[float | None] = ()) -> Markup:
    """A series as a line with its last point, and its mean or ``limits`` as dashed lines."""
    known = [value for value in (*values, *limits) if value is not None]
    low, high = min(known), max(known)
    span = (high - low) or 1.0

    def height(value: float) -> float:
        return round(3 + (_SPARK_HEIGHT - 6) * (1 - (value - low) / span), 1)

    last = len(values) - 1
    points = [
        (round(100 * place / (last or 1), 1), height(value))
        for place, value in enumerate(values)
        if value is not None
    ]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    lines = "".join(
        f'<path class="limit" d="M0 {height(limit):g}H100"/>'
        for limit in limits
        if limit is not None
    )
    inner = (
        f'<svg viewBox="0 0 100 {_SPARK_HEIGHT}" preserveAspectRatio="none" width="100%" '
        f'height="{_SPARK_HEIGHT}">{lines}<path class="line" d="{path}"/></svg>'
    )
    x, y = points[-1]
    dot = f'<circle class="own" cx="{x:g}%" cy="{y:g}" r="3.5"/>'
    return Markup(
        f'<svg class="spark" width="100%" height="{_SPARK_HEIGHT}" {_HIDDEN}>{inner}{dot}</svg>'
    )


def strip(others: Sequence[float], own: float) -> Markup:
    """Every municipality of a county as a ring between 0 and 100 %, the own one filled."""
    middle = _STRIP_HEIGHT / 2
    rings = "".join(f'<circle cx="{_at(x)}" cy="{middle:g}" r="5"/>' for x in sorted(others))
    return _svg(
        _STRIP_HEIGHT,
        [
            f'<line class="axis" x1="0" x2="100%" y1="{middle:g}" y2="{middle:g}"/>',
            f'<g class="ring">{rings}</g>',
            f'<circle class="own" cx="{_at(own)}" cy="{middle:g}" r="7"/>',
        ],
    )


def distribution(values: Sequence[float], band: tuple[float, float], median: float) -> Markup:
    """How many municipalities have each share, as pillars, with the middle half and the median."""
    counts = Counter(round(value) for value in values)
    most = max(counts.values())
    floor = _STRIP_HEIGHT - 1
    pillars = "".join(
        f'<line x1="{at}%" x2="{at}%" y1="{floor - max(2, (floor - 2) * count / most):.1f}" '
        f'y2="{floor}"/>'
        for at, count in sorted(counts.items())
    )
    low, high = band
    return _svg(
        _STRIP_HEIGHT,
        [
            f'<rect class="band" x="{_at(low)}" width="{_at(high - low)}" y="0" height="{floor}"/>',
            f'<g class="pillar">{pillars}</g>',
            f'<line class="axis" x1="0" x2="100%" y1="{floor}" y2="{floor}"/>',
            f'<line class="country" x1="{_at(median)}" x2="{_at(median)}" y1="0" y2="{floor}"/>',
        ],
    )


_WIDTH, _DOT = 560, 8


def dots(values: Sequence[float], band: tuple[float, float], told: str) -> Markup:
    """Every municipality as a dot, one upon another over its share; ``told`` says it in words."""
    columns = Counter(2 * round(value / 2) for value in values)
    tall = max(columns.values()) * _DOT + 4
    left, right = (20 + (_WIDTH - 40) * limit / 100 for limit in band)
    marks = "".join(
        f"M{20 + (_WIDTH - 40) * at / 100:.0f} {tall - _DOT * level - 4}h0"
        for at, count in sorted(columns.items())
        for level in range(count)
    )
    scale_texts = "".join(
        f'<text x="{20 + (_WIDTH - 40) * at / 100:.0f}" y="{tall + 18}" text-anchor="middle">'
        f"{at}{' %' if at == 100 else ''}</text>"
        for at in (0, 25, 50, 75, 100)
    )
    return Markup(
        '<svg class="dots" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<rect class="band" x="{:.0f}" width="{:.0f}" y="0" height="{}"/>{}{}{}</svg>'
    ).format(
        _WIDTH,
        tall + 24,
        told,
        left,
        right - left,
        tall,
        Markup(f'<path class="dot" d="{marks}"/>'),
        Markup(f'<path class="axis" d="M20 {tall}h{_WIDTH - 40}"/>'),
        Markup(scale_texts),
    )


def _references(county: float | None, country: float | None) -> list[str]:
    parts = []
    if country is not None:
        parts.append(
            f'<line class="country" x1="{_at(country)}" x2="{_at(country)}" y1="3" y2="17"/>'
        )
    if county is not None:
        parts.append(
            f'<svg class="county" x="{_at(county)}" y="{_ROW_HEIGHT // 2}">{_DIAMOND}</svg>'
        )
    return parts


def _at(value: float) -> str:
    return f"{round(value, 1):g}%"


def _svg(height: int, parts: Sequence[str]) -> Markup:
    return Markup(
        f'<svg class="cell" width="100%" height="{height}" {_HIDDEN}>{"".join(parts)}</svg>'
    )
