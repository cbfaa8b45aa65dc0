import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, mute_logger

from ..common import IntegrationCommon


class PeopleCommon(IntegrationCommon):
    """What the tests of persons share: days, refusals that name nobody, counted queries."""

    # Words that no refusal may contain
    names = ("Beispiel", "Musterova", "Erfunden")

    def _told(self, days):
        """Return that day as a message tells it, for a pattern."""
        return re.escape(format_date(self.env, self._ago(days)))

    @classmethod
    def _ago(cls, days):
        """Return the day ``days`` before today; negative ones lie ahead."""
        return cls.today - timedelta(days=days)

    @classmethod
    def _born(cls, years, days=0):
        """Return the date of birth of somebody who turned ``years`` ``days`` ago."""
        return cls.today - timedelta(days=days) - relativedelta(years=years)

    @classmethod
    def _clients(cls, user, *names, **values):
        """Enter several clients in one go, without consent."""
        return cls._as(user)["integration.client"].create(
            [{"name": name, **values} for name in names]
        )

    def assertRefused(self, message, function, *args, error=UserError, **kwargs):
        """Assert that a call is refused with ``message``, which names no person.

        Return what was said.
        """
        with self.assertRaises(error) as caught:
            function(*args, **kwargs)
            self.env.flush_all()
        said = str(caught.exception)
        self.assertRegex(said, message)
        for name in self.names:
            self.assertNotIn(name, said)
        return said

    def assertDenied(self, function, *args):
        """Assert that the walls deny a call, whatever the transaction has read before."""
        self.env.invalidate_all()
        with (
            self.assertRaises(AccessError) as caught,
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        ):
            function(*args)
            self.env.flush_all()
        for name in self.names:
            self.assertNotIn(name, str(caught.exception))

    def _queries(self, function):
        """Return how many queries ``function`` costs with nothing in memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
