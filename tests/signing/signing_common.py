import base64
import io
from unittest.mock import patch

from PIL import Image, ImageDraw

from odoo.fields import Command

from odoo.addons.integration_management.wizards.signing.signing_sign import IntegrationSigning

from ..common import MODULE, IntegrationCommon

PAPER = b"%PDF-1.4 signed on the screen"
PURPOSES = ("file", "team", "transfer", "messenger", "health")

STROKE = ((60, 100), (200, 40), (400, 150))


def picture(size=(600, 200), stroke=STROKE, kind="PNG"):
    """Return a picture in base64: a stroke on transparent ground, as a tablet sends it."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", size)
    if stroke:
        ImageDraw.Draw(image).line(stroke, fill="black", width=4)
    output = io.BytesIO()
    image.save(output, kind)
    return base64.b64encode(output.getvalue()).decode()


class SigningCommon(IntegrationCommon):
    """An employer with a published notice in German and Arabic, and a client who reads Arabic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.languages = {
            code: cls.env.ref(f"{MODULE}.language_{code}")
            for code in ("de", "en", "ar", "uk", "ti")
        }
        cls.notices = {code: cls._publish(code) for code in ("de", "ar")}
        cls.client = cls._client(
            cls.worker_a,
            "Beispielova, Amal",
            consent=False,
            birthdate="1988-04-02",
            language_ids=[Command.set(cls.languages["ar"].ids)],
        )
        cls.case = cls._case(cls.client, days_ago=0)
        cls.mine = cls._as(cls.worker_a)

    @classmethod
    def _publish(cls, code, version=None):
        """Publish the shared draft in a language as the employer's own."""
        drafts = cls._as(cls.dpo_a)["integration.consent.notice"]
        shared = drafts.browse(cls.env.ref(f"{MODULE}.consent_notice_{code}").id)
        own = drafts.browse(shared.action_new_version()["res_id"])
        own.write(
            {
                "reviewer": "Reviewer",
                "valid_from": cls.today,
                **({"version": version} if version else {}),
            }
        )
        own.action_publish()
        return own

    @classmethod
    def _signing(cls, client=None, user=None, **values):
        """Return a signing as it is when the device lies before the client."""
        user = user or cls.worker_a
        signing = cls._as(user)["integration.signing"].create(
            {"client_id": (client or cls.client).id, **values}
        )
        signing.action_hand_over()
        signing._open_page()
        return signing

    @classmethod
    def _release(cls, client, **values):
        kind = cls.env.ref(f"{MODULE}.information_kind_housing")
        return cls.mine["integration.release"].create(
            {
                "client_id": client.id,
                "recipient_name": "Jobcenter Aheim",
                "purpose": "Miete",
                "kind_ids": [Command.set(kind.ids)],
                "valid_until": cls.today,
                **values,
            }
        )

    def _sign(self, signing, language="ar", answers=None, signature=None):
        """Sign as the tablet does, but with a paper that needs no engine to be drawn."""
        if answers is None:
            answers = dict.fromkeys(PURPOSES, True)
        with patch.object(IntegrationSigning, "_draw_paper", lambda self: PAPER):
            signing._sign(self.languages[language].id, answers, signature or picture())

    def _events(self, client=None):
        """Return {purpose: decision} of all events, refusing two for one purpose."""
        events = (client or self.client).consent_ids
        self.assertEqual(len(events), len(set(events.mapped("purpose"))))
        return {event.purpose: event.decision for event in events}
