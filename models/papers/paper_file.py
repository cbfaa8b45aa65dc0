"""Which files may lie in a file: what a scanner, a camera or an office program produces.

What could run in a browser is refused by what the file is, whatever its name says. Pictures are
drawn anew: so nothing hides in them, neither a script nor the place where they were taken.
"""

import base64
import binascii
import io
import zipfile

from PIL import Image, ImageOps

from ..mixins.signed_paper import MAX_BYTES

# Longest side of a picture, the same as Odoo's own; a page of A4 can be read well
SIDE = 1920
# Beyond that a small file would fill the memory
MOST_POINTS = 60_000_000
PICTURES = ("JPEG", "PNG")
# By what a packed document says which it is
PACKED = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
# Programs within documents
MACROS = ("vbaproject.bin", "basic/", "scripts/")


class UnfitFileError(Exception):
    """The file is none that is kept; ``reason`` says why: unreadable, large, macro or kind."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def proper_file(value):
    """Return (file as it is stored, suffix, kind) of what was uploaded as base64.

    :returns: the kind is ``pdf``, ``picture`` or ``office``
    :raises UnfitFileError: it is none of them, or too large
    """
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise UnfitFileError("unreadable") from error
    if len(content) > MAX_BYTES:
        raise UnfitFileError("large")
    if content.startswith(b"%PDF-"):
        return base64.b64encode(content), "pdf", "pdf"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return base64.b64encode(_drawn_anew(content)), "jpg", "picture"
    if content.startswith(b"PK\x03\x04"):
        return base64.b64encode(content), _packed_suffix(content), "office"
    raise UnfitFileError("kind")


def _drawn_anew(content):
    """Return a picture the right way up, not too large, and without what cameras add to it."""
    try:
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise UnfitFileError("large")
            drawn = ImageOps.exif_transpose(picture)
            drawn.thumbnail((SIDE, SIDE))
            page = Image.new("RGB", drawn.size, "white")
            drawn = drawn.convert("RGBA")
            page.paste(drawn, mask=drawn.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnfitFileError("unreadable") from error
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=85, optimize=True)
    return stream.getvalue()


def _packed_suffix(content):
    """Return which kind of office document it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if any(mark in name.lower() for name in names for mark in MACROS):
                raise UnfitFileError("macro")
            for name, suffix in PACKED.items():
                if name in names:
                    return suffix
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                return OPEN[packed.read("mimetype").strip()]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as error:
        raise UnfitFileError("kind") from error
    raise UnfitFileError("kind")
