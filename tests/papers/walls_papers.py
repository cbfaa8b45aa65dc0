"""A paper with a copy and a letter, for the world of the walls."""

import base64
from datetime import timedelta

from odoo.addons.integration_management.tools import local_today

from ..common import MODULE

PDF = base64.b64encode(b"%PDF-1.4 words").decode()


def papers_in(case):
    """Return {key of the table: records} of papers and a letter in ``case``, as its owner."""
    env = case.env
    papers = env["integration.document"].create(
        {
            "case_id": case.id,
            "kind_id": env.ref(f"{MODULE}.document_kind_tenancy").id,
            "file": PDF,
            "purpose": "Words",
            "date_delete": local_today(env) + timedelta(days=90),
        }
    )
    letter = env["integration.letter"].create(
        {"case_id": case.id, "subject": "Words", "body": "Words"}
    )
    return {papers._name: papers, letter._name: letter}
