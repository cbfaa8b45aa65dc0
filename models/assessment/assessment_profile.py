from markupsafe import Markup

from odoo import api, fields, models

INK, MUTED, GRID = "#1f2d3a", "#6b7a89", "#e4e9ee"
# Told apart by place and number as well, not by colour alone
COLORS = {"strength": ("#2c6e8f", "#a9c8d6"), "need": ("#c46a1b", "#ecc9a6")}
WIDE, NARROW, PAPER = 780, 330, 660  # drawn anew for a telephone: shrunk is not readable
ROW, HEAD, FOOT = 40, 26, 24

TEXT = Markup(
    '<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
    ' font-weight="{weight}">{text}</text>'
)
RECT = Markup('<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>')
LINE = Markup('<line x1="{x}" y1="{y1}" x2="{x}" y2="{y2}" stroke="{stroke}" stroke-width="1"/>')
SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    ' viewBox="0 0 {width} {height}" role="img" aria-label="{title}"'
    ' font-family="Arial, Helvetica, sans-serif">{content}</svg>'
)
SCREEN = Markup('<div class="d-none d-md-block">{wide}</div><div class="d-md-none">{narrow}</div>')


class IntegrationAssessment(models.Model):
    """The picture of an assessment: strengths and needs by area, former ones beside them.

    Plain attributes only: the same picture must come out in the browser and in wkhtmltopdf.
    """

    _inherit = "integration.assessment"

    profile = fields.Html(compute="_compute_profile", sanitize=False)

    # Not on the ratings: it shows what is saved, and is not drawn anew at every touch.
    @api.depends("case_id")
    def _compute_profile(self):
        for assessment in self:
            saved = assessment._origin
            if not saved.line_ids:
                assessment.profile = False
                continue
            assessment.profile = SCREEN.format(wide=saved._draw(WIDE), narrow=saved._draw(NARROW))

    def _draw(self, width):
        """Return the profile as SVG: strengths on the left, needs on the right."""
        self.ensure_one()
        narrow = width == NARROW
        left = 0 if narrow else 210
        gap, row = 22, ROW + 18 if narrow else ROW
        plot = (width - left - 2 * gap) / 2
        starts = {"strength": left, "need": left + plot + 2 * gap - 4}
        bottom = HEAD + len(self.line_ids) * row
        parts = []
        for scale, x in starts.items():
            label = self.line_ids._fields[scale]._description_string(self.env)
            parts.append(_text(x, 14, label, 12, COLORS[scale][0], weight="bold"))
            parts += [
                LINE.format(
                    x=round(x + plot * step / 5, 1), y1=HEAD - 4, y2=bottom - 4, stroke=GRID
                )
                for step in range(6)
            ]
        former = self._former_lines()
        for index, line in enumerate(self.line_ids):
            y = HEAD + index * row
            area = line.area_id.name
            longest = 34 if not narrow else 50
            shown = area if len(area) <= longest else area[: longest - 1] + "…"
            if narrow:
                parts.append(_text(0, y + 13, shown, 12, INK))
                y += 18
            else:
                parts.append(_text(left - 12, y + 20, shown, 12, INK, "end"))
            before = former.get(line.area_id)
            for scale, x in starts.items():
                parts += _bars(x, y, plot, scale, line[scale], before[scale] if before else 0)
        if former:
            legend = self.env._("Wide bar: now. Narrow bar below: the time before.")
        else:
            legend = self.env._("1 is little, 5 is much. Without a bar: not talked about.")
        parts.append(_text(left, bottom + 14, legend, 10, MUTED))
        title = self.env._("Strengths and needs by life area")
        return SVG.format(
            width=width, height=bottom + FOOT, title=title, content=Markup("").join(parts)
        )


def _text(x, y, text, size, fill, anchor="start", weight="normal"):
    return TEXT.format(
        x=round(x, 1), y=y, size=size, fill=fill, anchor=anchor, weight=weight, text=text
    )


def _bars(x, y, plot, scale, now, before):
    """Draw what is said now, and below it, narrow and pale, what was said before."""
    parts = []
    for level, top, height, color in (
        (now, 3, 15, COLORS[scale][0]),
        (before, 21, 7, COLORS[scale][1]),
    ):
        if level:
            size = round(plot * level / 5, 1)
            parts.append(
                RECT.format(x=round(x, 1), y=y + top, width=size, height=height, fill=color)
            )
            parts.append(
                _text(x + size + 5, y + top + (12 if height > 10 else 7), level,
                      12 if height > 10 else 9, INK if height > 10 else MUTED)
            )  # fmt: skip
    return parts
