"""Bar graphs as inline SVG, drawn from the numbers of the matrix.

Plain attributes only: the same graph must come out in the browser and in wkhtmltopdf,
whose engine knows neither flexible boxes nor style variables.
"""

from math import ceil

from markupsafe import Markup

INK = "#1f2d3a"
MUTED = "#6b7a89"
GRID = "#e4e9ee"
BAR = "#2c6e8f"
LABEL = 42  # room for a month below a bar
WIDE = 780
NARROW = 360  # for a telephone: drawn anew, for shrunk letters are not readable

TEXT = Markup(
    '<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">{text}</text>'
)
RECT = Markup('<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>')
LINE = Markup('<line x1="{x1}" y1="{y}" x2="{x2}" y2="{y}" stroke="{stroke}" stroke-width="1"/>')
SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="o_figures_chart" width="{width}"'
    ' height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{title}"'
    ' font-family="Arial, Helvetica, sans-serif">{content}</svg>'
)


def nice_ceiling(number: int) -> int:
    """Return the smallest 1, 2 or 5 times a power of ten (at least 4) not below it."""
    power = 1
    while True:
        for factor in (1, 2, 4, 5):
            if factor * power >= max(number, 4):
                return factor * power
        power *= 10


def _text(x, y, text, size=10, fill=MUTED, anchor="middle"):
    return TEXT.format(x=round(x, 1), y=round(y, 1), size=size, fill=fill, anchor=anchor, text=text)


def _rect(x, y, width, height):
    x, y, width, height = (round(number, 1) for number in (x, y, width, height))
    return RECT.format(x=x, y=y, width=width, height=height, fill=BAR)


def _grid(left, width, base, plot, ceiling, number):
    """Draw five lines with the whole numbers at their left ends."""
    parts = []
    for step in range(5):
        y = base - plot * step / 4
        parts.append(LINE.format(x1=left, x2=width, y=round(y, 1), stroke=GRID))
        tick = ceiling * step / 4
        if tick == int(tick):
            parts.append(_text(left - 8, y + 3, number(int(tick)), anchor="end"))
    return parts


def column_chart(title, bars, width=WIDE, height=210, number=str):
    """Draw upright bars, e.g. talks by month.

    :param bars: list of (label, number); long lists get fewer labels; a hidden number (None)
        gets its mark instead of a bar
    :param number: function that writes a number in the reader's language
    """
    left, bottom, top = 44, 24, 16
    plot, base = height - bottom - top, height - bottom
    ceiling = nice_ceiling(max((value or 0 for _label, value in bars), default=0))
    parts = _grid(left, width, base, plot, ceiling, number)
    slot = (width - left) / max(len(bars), 1)
    bar_width = min(slot * 0.62, 46)
    every = max(1, ceil(len(bars) * LABEL / (width - left)))
    for index, (label, value) in enumerate(bars):
        center = left + slot * (index + 0.5)
        size = plot * (value or 0) / ceiling
        parts.append(_rect(center - bar_width / 2, base - size, bar_width, size))
        if slot >= 26:
            parts.append(_text(center, base - size - 4, number(value), fill=INK))
        if index % every == 0:
            parts.append(_text(center, base + 15, label))
    return SVG.format(width=width, height=height, title=title, content=Markup("").join(parts))


def bar_chart(title, bars, width=WIDE, number=str):
    """Draw lying bars, e.g. the areas most talked about.

    :param bars: list of (label, number), in the order to be shown
    """
    row, left, right = (24, 230, 56) if width > NARROW else (26, 148, 40)
    longest = left // 6
    largest = max((value or 0 for _label, value in bars), default=0) or 1
    parts = []
    for index, (label, value) in enumerate(bars):
        y = index * row
        size = (width - left - right) * (value or 0) / largest
        shown = label if len(label) <= longest else label[: longest - 1] + "…"
        parts.append(_text(left - 10, y + 15, shown, size=11, fill=INK, anchor="end"))
        parts.append(
            RECT.format(x=left, y=y + 4, width=round(max(size, 1), 1), height=14, fill=BAR)
        )
        parts.append(_text(left + size + 7, y + 15, number(value), size=11, anchor="start"))
    height = max(len(bars) * row, row)
    return SVG.format(width=width, height=height, title=title, content=Markup("").join(parts))
