from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools import local_today, plain_name

# Nobody is older, and nothing that is recorded began earlier: what lies before is a slip.
OLDEST = relativedelta(years=130)
# No permit, mandate or release is given for longer.
FURTHEST = timedelta(days=3653)


class IntegrationPlausible(models.AbstractModel):
    """What a request gives is judged before anything counts with it: days and words.

    A pause until 2926 would silence a case for ever, and a name that nobody can see would be a
    guardian. Which fields there are is read from the model: no field is left out by oversight.
    """

    _name = "integration.plausible"
    _description = "Values that Can Be Right"

    # Fields whose day lies no further ahead than these many days, where that is known better
    _days_ahead = {}
    # Words that must be seen, though no column of ours asks for them
    _never_blank = frozenset()

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_days(defaults)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """Refuse a day that cannot be before others are reckoned from it."""
        if isinstance(values, dict) and isinstance(field_names, (list, tuple)):
            self._check_days({name: values[name] for name in field_names if name in values})
        return super().onchange(values, field_names, fields_spec)

    def _plausible(self, vals):
        """Return ``vals`` with nothing for words that nobody can see.

        :raises ValidationError: naming the field by its label, and what can be entered
        """
        self._check_days(vals)
        seen = {name: self._seen(name, value, vals) for name, value in vals.items()}
        empty = {name for name, value in seen.items() if not value and self._must_be_given(name)}
        if empty:
            raise ValidationError(
                self._about(self.env._("please fill in: %s.", self._labels(empty)), vals)
            )
        return seen

    def _about(self, text, vals):
        """Return ``text`` with what it is about in front, where that is known.

        :param vals: of a record that is to be created
        """
        return text[:1].upper() + text[1:]

    def _seen(self, name, value, vals):
        """Return ``value``, or nothing for words without a sign that can be seen."""
        field = self._fields.get(name)
        if field is None or field.type not in ("char", "text") or not isinstance(value, str):
            return value
        if "\x00" in value:
            raise ValidationError(
                self._about(
                    self.env._(
                        "“%s” contains a sign that cannot be stored. Type the words anew.",
                        field._description_string(self.env),
                    ),
                    vals,
                )
            )
        return value if plain_name(value) else False

    def _must_be_given(self, name):
        """Return whether the field is one that is not left or made empty.

        In a new record an empty one may still follow from others.
        """
        field = self._fields.get(name)
        if field is None or field.type not in ("char", "text", "date", "datetime"):
            return False
        open_yet = field.compute and not self
        return name in self._never_blank or (field.required and field.store and not open_yet)

    @api.model
    def _check_days(self, vals):
        """Refuse days that are none, or that nobody can mean."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if value and field is not None and field.type in ("date", "datetime"):
                self._check_day(field, value)

    @api.model
    def _check_day(self, field, value):
        label = field._description_string(self.env)
        try:
            day = fields.Date.to_date(value)
        except (ValueError, TypeError) as error:
            raise ValidationError(self.env._("“%s” is no day of the calendar.", label)) from error
        today = local_today(self.env)
        ahead = self._days_ahead.get(field.name)
        first = today - OLDEST
        last = today + (FURTHEST if ahead is None else timedelta(days=ahead))
        if day and not first <= day <= last:
            raise ValidationError(
                self.env._(
                    "“%(field)s”: %(date)s cannot be meant. Enter a day from %(first)s to "
                    "%(last)s.",
                    field=label,
                    date=format_date(self.env, day),
                    first=format_date(self.env, first),
                    last=format_date(self.env, last),
                )
            )
