"""Scans of signed papers, as small as a PDF can be: one line, no name."""

import base64

PAGE = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length {length}>>stream
{text}
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def signed_paper(file_number, day):
    """Return the scan of a paper of the file, signed on ``day``, as a field takes it."""
    line = f"Beispiel: {file_number}, unterschrieben am {day:%d.%m.%Y}"
    text = f"BT /F1 14 Tf 60 760 Td ({line}) Tj ET"
    return base64.b64encode(PAGE.format(length=len(text), text=text).encode()).decode()
