import base64
import io
import zipfile
from contextlib import contextmanager
from datetime import timedelta

from PIL import Image

from odoo.exceptions import UserError

from ..common import MODULE
from ..referral.referral_common import ReferralCommon

PDF = b"%PDF-1.4 an invented paper"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def b64(content):
    return base64.b64encode(content).decode()


def picture(size=(60, 40), file_format="JPEG", **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, file_format, **options)
    return stream.getvalue()


def packed(**files):
    """Return a zip file with these names; ``__`` stands for a slash, ``_DOT_`` for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


class PapersCommon(ReferralCommon):
    """A client with a case, and whatever is needed for papers and letters."""

    guarded = ("integration.document", "integration.letter", "integration.disclosure")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Document = cls.case.env["integration.document"]
        cls.Letter = cls.case.env["integration.letter"]
        cls.client_a.write(
            {"birthdate": "1990-05-17", "street": "Lane 1", "zip": "88045", "city": "Town"}
        )
        cls.company_a.write({"street": "Town Square 2", "phone": "07541 100"})
        cls.env.flush_all()

    def _kind(self, code):
        return self.env.ref(f"{MODULE}.document_kind_{code}")

    def _template(self, code):
        return self.env.ref(f"{MODULE}.letter_template_{code}")

    def _copy_vals(self, content=PDF, **values):
        return {
            "case_id": self.case.id,
            "kind_id": self._kind("tenancy").id,
            "file": b64(content),
            "purpose": "Application for benefits",
            "date_delete": self.today + timedelta(days=60),
            **values,
        }

    def _seen(self, code="tenancy", **values):
        return self.Document.create(
            {"case_id": self.case.id, "kind_id": self._kind(code).id, **values}
        )

    def _copied(self, content=PDF, **values):
        return self.Document.create(self._copy_vals(content, **values))

    def _dialog(self, code, **values):
        action = self.case.action_write_letter()
        dialogs = self.case.env[action["res_model"]].with_context(**action["context"])
        return dialogs.create({"template_id": self._template(code).id, **values})

    def _write(self, code="client_free", matter="About the form.", **values):
        """Return a letter as the dialog writes it, with what it leaves open filled in."""
        action = self._dialog(code, **values).action_write()
        letter = self.Letter.browse(action["res_id"])
        letter.body = letter.body.replace("{matter}", matter)
        return letter

    def _page(self, letter, user=None):
        reports = self._as(user or self.worker_a)["ir.actions.report"]
        report = f"{MODULE}.integration_letter_report"
        return reports._render_qweb_html(report, letter.ids)[0].decode()

    @contextmanager
    def _refusing(self, words, error=UserError):
        with super()._refusing(words, error), self.cr.savepoint():
            yield
