"""A signature as it comes from a screen: checked before anything is kept of it."""

import base64
import binascii
import io

from PIL import Image

from odoo.exceptions import ValidationError

MAX_BYTES = 2 * 1024 * 1024
MAX_SIDE = 4000
# What is printed: enough for a paper, without the empty field around the strokes.
PRINT_SIDE = 1200
MARGIN = 8
# A tap by mistake leaves a dot, no signature; three crosses are one.
MIN_STROKE = 15
DARK = 200
PNG_START = b"\x89PNG\r\n\x1a\n"
# Odoo lets the picture library read what was cut off on the way; half a signature is none.
PNG_END = b"IEND\xaeB`\x82"
DATA_URL = "data:image/png;base64,"


def signature_picture(env, value) -> bytes:
    """Return the signature in ``value``, a PNG in base64, as a clean PNG cut to its strokes.

    :raises ValidationError: too large, no PNG picture, or nothing drawn on it
    """
    unreadable = env._("The signature is no picture that can be read. Please sign once more.")
    if not isinstance(value, str):
        raise ValidationError(unreadable)
    value = value.removeprefix(DATA_URL)
    # Before decoding: nobody's 50 MB are copied around in memory.
    if len(value) > MAX_BYTES * 4 // 3 + 4:
        raise ValidationError(env._("The picture of the signature is too large."))
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValidationError(unreadable) from error
    if not (content.startswith(PNG_START) and content.endswith(PNG_END)):
        raise ValidationError(unreadable)
    try:
        picture = Image.open(io.BytesIO(content), formats=["PNG"])
        if max(picture.size) > MAX_SIDE:
            raise ValidationError(env._("The picture of the signature is too large."))
        picture = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(unreadable) from error
    return _cut_out(env, picture)


def _cut_out(env, picture):
    """Return the part of ``picture`` with strokes on it, on white, as PNG without metadata."""
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    strokes = paper.convert("L").point(lambda shade: 255 if shade < DARK else 0).getbbox()
    if not strokes or max(strokes[2] - strokes[0], strokes[3] - strokes[1]) < MIN_STROKE:
        raise ValidationError(env._("The signature is missing. Please sign first."))
    left, top, right, bottom = strokes
    clean = paper.convert("RGB").crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, paper.width),
            min(bottom + MARGIN, paper.height),
        )
    )
    clean.thumbnail((PRINT_SIDE, PRINT_SIDE))
    output = io.BytesIO()
    clean.save(output, "PNG", optimize=True)
    return output.getvalue()
