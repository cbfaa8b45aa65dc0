import hashlib
import json

from odoo import api, models

# Wordings of the paper that the pages show as well
SHARED_WORDS = ("yes", "no", "name", "born", "draft", "no_language", "tick")


class IntegrationSigning(models.TransientModel):
    """What the pages on the tablet show, in each language that is offered."""

    _inherit = "integration.signing"

    def _open_page(self):
        """Return what the pages show, and remember it: that and nothing else will be signed."""
        self.client_id.check_access("write")
        self.env["integration.access.log"]._log("open", self.client_id)
        if self.state == "signed":
            # Loaded once more after the signature: only the copy is left to print.
            chosen = self._page_language(self._offer(self.language_id.id))
            return {**self._page_data(), "signed": True, "languages": [chosen]}
        self._check_signable(self.client_id, self.release_id)
        self._check_prepared()
        self._as_system().write({"shown_hash": self._shown_hash()})
        return self._page_data()

    def _shown_hash(self):
        """Return a hash over the pages and over what the ledger holds about them."""
        newest = max(self.client_id.consent_ids.ids, default=0)
        shown = json.dumps([self._page_data(), newest], sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()

    def _page_data(self):
        """Return everything the pages need: the device asks for nothing else until it saves."""
        self.ensure_one()
        client, papers = self.client_id, self.env["integration.paper"]
        return {
            "id": self.id,
            "kind": self._kind(),
            "employer": client.company_id.name,
            "client": client.name,
            "born": papers._day(client.birthdate),
            "guardian": self._guardian() if self.is_minor else "",
            "interpreter": self.interpreter or "",
            "languages": [self._page_language(offer) for offer in self._offers()],
        }

    def _page_language(self, offer):
        """Return one language: its own words for buttons and hints, and the text to sign."""
        texts = self.env["integration.paper.text"]
        words, language = offer["words"], offer["language"]
        wordings = texts._wordings(words)
        return {
            "id": language.id,
            "name": language.native_name or language.name,
            "name_lang": language.code,
            "name_dir": language.direction,
            "lang": words.code,
            "dir": words.direction,
            "hint": offer["hint"],
            "draft": not texts._is_reviewed(words),
            "words": {
                code.removeprefix("sign."): text
                for code, text in wordings.items()
                if code.startswith("sign.") or code in SHARED_WORDS
            },
            "text": self._text_to_sign(offer, wordings),
        }

    def _kind(self):
        """Return what kind of paper is signed."""
        return "release" if self.release_id else "consent"

    def _text_to_sign(self, offer, wordings):
        """Return the text of the paper in the language of ``offer``."""
        if self.release_id:
            return self._release_text(offer["words"], wordings)
        return self._notice_text(offer["notice"], wordings)

    @api.model
    def _notice_text(self, notice, wordings):
        """Return the privacy notice: introduction, purposes one by one, rights."""
        return {
            "lang": notice.language_id.code,
            "dir": notice.direction,
            "title": notice.name,
            "blocks": [
                {"text": notice.intro},
                {"label": wordings["sign.rights"], "text": notice.rights},
            ],
            "questions": [
                {"key": line.purpose, "title": line.name, "text": line.text}
                for line in notice.line_ids
            ],
        }

    def _release_text(self, language, wordings):
        """Return the release as it stands on the paper; what was typed in is German."""
        release, papers = self.release_id, self.env["integration.paper"]
        kinds = [wordings.get(f"kind.{kind.code}", kind.name) for kind in release.kind_ids]
        blocks = [
            {"text": wordings["release.intro"]},
            self._typed(wordings, "recipient", release.recipient_name),
            {"label": wordings["release.kinds"], "items": kinds},
            {
                "text": wordings[
                    "release.special" if release.special_agreed else "release.no_special"
                ]
            },
            self._typed(wordings, "purpose", release.purpose),
            self._typed(wordings, "occasion", release.occasion),
            {
                "label": wordings["release.direction"],
                "text": wordings[f"release.{release.direction}"],
            },
            {"label": wordings["release.from"], "text": papers._day(release.valid_from)},
            {"label": wordings["release.until"], "text": papers._day(release.valid_until)},
            {"label": wordings["sign.rights"], "text": wordings["release.rights"]},
        ]
        questions = {
            "release": {
                "key": "release",
                "title": wordings["sign.question"],
                "text": wordings["release.intro"],
            },
            "special": {
                "key": "special",
                "title": wordings["sign.special"],
                "text": wordings["release.special"],
            },
        }
        return {
            "lang": language.code,
            "dir": language.direction,
            "title": wordings["release.title"],
            "blocks": [block for block in blocks if block],
            "typed": language != papers._german(),
            "questions": [questions[key] for key in self._questions(None)],
        }

    @api.model
    def _typed(self, wordings, code, value):
        """Return a block with what the worker has written, which nobody has translated."""
        return value and {"label": wordings[f"release.{code}"], "text": value, "typed": True}

    @api.model
    def _worker_words(self):
        """Return what the pages say to the worker, in the language of her screens."""
        return {
            "lang": (self.env.lang or "en_US").replace("_", "-"),
            "title": self.env._("Back to your work"),
            "text": self.env._(
                "This device is handed over for signing and shows nothing else. Enter your "
                "password to go on working. Without a password of your own, log out."
            ),
            "password": self.env._("Password"),
            "wrong": self.env._("This is not your password."),
            "brake": self.env._(
                "Too many wrong passwords. Please wait %(seconds)s seconds, or log out.",
                seconds="{seconds}",
            ),
            "unlock": self.env._("Go on working"),
            "cancel": self.env._("Cancel"),
            "logout": self.env._("Log out"),
            "worker": self.env._("For the counselling office"),
            "ended": self.env._("This signing has ended. Begin anew from the file."),
            "offline": self.env._("The server cannot be reached."),
        }
