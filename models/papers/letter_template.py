from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organisation.language import FALLBACK_LANGUAGE
from .placeholders import APPOINTMENT, NAMES, PERSON, named


class IntegrationLetterTemplate(models.Model):
    """The pattern of a letter: German, with lines in plain or another language below.

    Words in braces are filled in from the file. A letter copies the words and never refers to
    them: it stays as it is when the template changes.
    """

    _name = "integration.letter.template"
    _inherit = ["integration.needs.consent"]
    _description = "Template of Letters"
    _check_company_auto = True

    addressed_to = fields.Selection(
        [("client", "The client"), ("other", "Somebody else")],
        string="Written To",
        required=True,
        default="client",
        help="A letter to somebody else passes something on about the client: it needs a release, "
        "the client's presence, a legal duty or an emergency.",
    )
    subject = fields.Char(required=True, help="In German. It names nobody.")
    body = fields.Text(
        string="German Text",
        required=True,
        help="From the salutation on. Words in braces are filled in from the file.",
    )
    kind_ids = fields.Many2many(
        "integration.information.kind",
        string="What It Tells",
        check_company=True,
        context={"active_test": False},
        help="Kinds of information about the client that a letter to somebody else passes on.",
    )
    line_ids = fields.One2many(
        "integration.letter.template.line",
        "template_id",
        string="Plain and Other Languages",
        copy=True,
        help="What stands below the German text: a few sentences in plain German, or in the "
        "client's language.",
    )
    placeholder_list = fields.Text(
        string="Placeholders", compute="_compute_placeholder_list", export_string_translation=False
    )
    asks_appointment = fields.Boolean(
        compute="_compute_asks_appointment", export_string_translation=False
    )

    def _compute_placeholder_list(self):
        words = self._placeholder_words()
        for template in self:
            template.placeholder_list = "\n".join(
                f"{{{name}}} – {text}" for name, text in words.items()
            )

    @api.depends("subject", "body")
    def _compute_asks_appointment(self):
        """Tell the dialog whether an appointment is to be named."""
        for template in self:
            present = named(template.subject) | named(template.body)
            template.asks_appointment = not present.isdisjoint(APPOINTMENT)

    @api.constrains("subject", "body")
    def _check_placeholders(self):
        for template in self:
            template._refuse_unknown(f"{template.subject} {template.body}")
            if named(template.subject) & set(PERSON):
                raise ValidationError(
                    self.env._(
                        "“%s”: the subject names nobody, for it stands in lists. Put the name into "
                        "the text.",
                        template.name,
                    )
                )

    def _refuse_unknown(self, text):
        """Refuse words in braces that are no placeholder.

        :raises ValidationError: naming them, and all there are
        """
        self.ensure_one()
        unknown = sorted(named(text) - set(NAMES))
        if unknown:
            raise ValidationError(
                self.env._(
                    "“%(template)s”: there is no placeholder %(unknown)s. There are: %(known)s.",
                    template=self.name,
                    unknown=", ".join(f"{{{name}}}" for name in unknown),
                    known=", ".join(f"{{{name}}}" for name in NAMES),
                )
            )

    @api.model
    def _placeholder_words(self):
        """Return {placeholder: what stands in its place}."""
        env = self.env
        return {
            "file_number": env._("file number"),
            "client_name": env._("name of the client"),
            "client_birthdate": env._("date of birth of the client"),
            "address": env._("street and town of the client; a protected one to herself alone"),
            "date": env._("day of the letter"),
            "worker": env._("your name"),
            "worker_phone": env._("your telephone"),
            "worker_email": env._("your e-mail address"),
            "employer": env._("name of the employer"),
            "employer_address": env._("street and town of the employer"),
            "employer_phone": env._("telephone of the employer"),
            "municipality": env._("municipality of the case"),
            "case_start": env._("first day of the case"),
            "recipient": env._("whom the letter goes to"),
            "matter": env._("what it is about: it stays open until somebody writes it"),
            "next_appointment_date": env._("day of the appointment, asked for when writing"),
            "next_appointment_time": env._("time of the appointment"),
            "next_appointment_place": env._("place of the appointment"),
        }

    @api.model
    def _referring_fields(self):
        """Leave its own lines aside, and letters: they hold copies."""
        own = (self.env["integration.letter.template.line"]._name, "integration.letter")
        return [pair for pair in super()._referring_fields() if pair[0] not in own]

    def _line_for(self, languages):
        """Return the line in the first of ``languages`` that there is one in, else plain German."""
        self.ensure_one()
        lines = {line.language_id: line for line in self.line_ids}
        german = next((lang for lang in lines if lang.code == FALLBACK_LANGUAGE), None)
        spoken = next((lang for lang in languages if lang in lines), german)
        return lines.get(spoken, self.line_ids.browse())
