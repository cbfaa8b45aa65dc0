import hashlib
import json

from odoo import fields, models
from odoo.tools import SQL

# What the seal of each version covers. A list is for good once figures were sealed by it: what
# is added to report or line needs a version of its own, else no older seal would fit any more.
SEAL_VERSION = 4
CHAINED = (
    "profile", "date_from", "date_to", "scope", "user_id", "employer_id", "municipality_id",
    "county_id", "breakdown", "company_id", "scope_data", "columns_data", "computed_on",
    "submitted_on", "submitted_by_id", "record_counts", "previous_id", "previous_checksum",
)  # fmt: skip
LINE = ("sequence", "code", "rule", "unit", "item", "level", "texts", "figures")
NUMBERED = (*CHAINED, "seal_number")
SEALED = {2: CHAINED, 3: NUMBERED, 4: (*NUMBERED, "lacks_late")}
SEALED_LINE = dict.fromkeys(SEALED, LINE)
# The ids behind the numbers
FACT = ("measure", "monthly", "groups")
SEALED_FACT = {2: (), 3: FACT, 4: FACT}


class IntegrationReport(models.Model):
    """The seal of a submission, which hangs together with that of the one before.

    Anyone who reaches the database can change a number and work out a hash that fits it. But the
    next submission of the same employer was sealed with the former hash, and the last one stands
    on paper with a check value. Submissions are numbered, and the employer remembers the last
    number: so one that was deleted is missed, the last one as well.
    """

    _inherit = "integration.report"
    _check_company_auto = True

    # Another one's figures, perhaps: not for who may read this one.
    previous_id = fields.Many2one(
        "integration.report", string="Submission before", readonly=True, copy=False,
        index="btree_not_null", check_company=True, groups=fields.NO_ACCESS,
    )  # fmt: skip
    following_ids = fields.One2many(
        "integration.report", "previous_id", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    previous_checksum = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    seal_version = fields.Integer(
        readonly=True, copy=False, help="Empty for what was submitted before there was a chain."
    )

    seal_number = fields.Integer(
        readonly=True, copy=False, groups=fields.NO_ACCESS,
        help="Running number of the employer's submissions, since there are numbers.",
    )  # fmt: skip

    # ------------------------------------------------------------
    # Sealing
    # ------------------------------------------------------------
    def _seal(self):
        """Seal the report, whose lines are those to be submitted, and hang it on to the chain."""
        self.ensure_one()
        # sudo: nobody may write what the seal consists of
        report = self.sudo()
        number = report._next_number()
        previous = report._last_submission()
        report.write(
            {
                "submitted_on": fields.Datetime.now(),
                "submitted_by_id": self.env.uid,
                "previous_id": previous.id,
                "previous_checksum": previous.checksum,
                "seal_version": SEAL_VERSION,
                "seal_number": number,
            }
        )
        report.write({"state": "submitted", "checksum": report._checksum()})

    def _next_number(self):
        """Return the running number of the employer's next submission, which she remembers.

        Of two at once, the later one is tried anew by Odoo and sees the other.
        """
        company = self.company_id
        company.flush_recordset(["integration_seal_number"])
        ((number,),) = self.env.execute_query(
            SQL(
                "UPDATE res_company SET integration_seal_number ="
                " COALESCE(integration_seal_number, 0) + 1 WHERE id = %s"
                " RETURNING integration_seal_number",
                company.id,
            )
        )
        company.invalidate_recordset(["integration_seal_number"], flush=False)
        return number

    def _last_submission(self):
        """Return the end of the employer's chain, for the one submission that hangs on to it."""
        former = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "submitted")],
            order="submitted_on desc, id desc",
        )
        chained = former.filtered("seal_version")
        return chained.filtered(lambda report: not report.following_ids)[:1] or former[:1]

    # ------------------------------------------------------------
    # The hash
    # ------------------------------------------------------------
    def _checksum(self):
        """Return the hash of everything that a submission fixes, by the version of its seal."""
        self.ensure_one()
        # sudo: the whole of a report that the reader may see
        report = self.sudo()
        if not report.seal_version and report.state == "submitted":
            return self._hash(report._content_of_old())
        version = report.seal_version or SEAL_VERSION
        (content,) = report.read(SEALED[version], load=None)
        del content["id"]
        lines = report.line_ids.read(SEALED_LINE[version], load=None)
        for line in lines:
            del line["id"]
        employers = sorted(report.scope_company_ids.ids)
        content.update(version=version, employers=employers, lines=lines)
        if SEALED_FACT[version]:
            content["facts"] = self._hash(
                sorted(
                    ([fact[name] for name in SEALED_FACT[version]] for fact in report.fact_ids),
                    key=self._text,
                )
            )
        return self._hash(content)

    def _counted_hash(self):
        """Return the hash of what was counted, whoever submits it and when."""
        report = self.sudo()  # sudo: as above
        lines = report.line_ids.read(SEALED_LINE[SEAL_VERSION], load=None)
        for line in lines:
            del line["id"]
        return self._hash([report.scope_data, report.columns_data, lines])

    def _content_of_old(self):
        """Return what was sealed before there was a chain."""
        lines = self.line_ids.read(["code", "item", "texts", "figures"], load=None)
        for line in lines:
            del line["id"]
        return {
            "profile": self.profile,
            "period": [str(self.date_from), str(self.date_to)],
            "scope": self.scope_data,
            "columns": self.columns_data,
            "lines": lines,
        }

    @staticmethod
    def _text(content):
        return json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
        )

    @classmethod
    def _hash(cls, content):
        return hashlib.sha256(cls._text(content).encode()).hexdigest()

    # ------------------------------------------------------------
    # Looking at the seal
    # ------------------------------------------------------------
    def _check_value(self):
        """Return the beginning of the hash, short enough to be compared by eye with the paper."""
        if self.state != "submitted":
            return ""
        value = (self.checksum or "")[:12].upper()
        return "-".join(value[start : start + 4] for start in range(0, len(value), 4))

    def _broken_seal(self):
        """Return what does not fit a submission, or nothing.

        ``own``: what it seals; ``next`` or ``before``: its neighbours in the chain; ``fork``:
        another one hangs on to the same submission; ``after``: those that followed are gone.
        """
        # sudo: hashes of submissions that the reader may not see, to be compared
        report = self.sudo()
        if report.state != "submitted":
            return ""
        if report.checksum != report._checksum():
            return "own"
        if any(after.previous_checksum != report.checksum for after in report.following_ids):
            return "next"
        if (report.previous_id.checksum or False) != (report.previous_checksum or False):
            return "before"
        return report._broken_chain() if report.seal_version else ""

    def _broken_chain(self):
        """Return ``fork`` or ``after`` if submissions were put in or taken out around this one."""
        beside = self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "submitted"),
                ("seal_version", "!=", False),
                ("previous_id", "=", self.previous_id.id),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if beside or len(self.following_ids) > 1:
            return "fork"
        last = self.company_id.integration_seal_number
        return "after" if not self.following_ids and last > self.seal_number else ""
