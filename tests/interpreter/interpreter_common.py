from dateutil.relativedelta import relativedelta

from ..common import MODULE, IntegrationCommon


class InterpreterCommon(IntegrationCommon):
    """Somebody who needs Arabic in the file of worker_a, and a pool of employer A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arabic, cls.tigrinya, cls.farsi = (
            cls.env.ref(f"{MODULE}.language_{code}") for code in ("ar", "ti", "fa")
        )
        cls.client = cls._client(
            cls.worker_a, "Spoken To", language_ids=cls.arabic.ids, interpreter_needed=True
        )
        cls.case = cls._case(cls.client)
        cls.noor = cls._interpreter("Noor Beispiel", gender="female", rate=60)

    @classmethod
    def _interpreter(cls, name, user=None, years=40, **values):
        """Enter somebody in the pool, ready to interpret Arabic, as the lead."""
        return cls._as(user or cls.lead_a)["integration.interpreter"].create(
            {
                "name": name,
                "birthdate": cls.today - relativedelta(years=years),
                "pledge_date": cls.today - relativedelta(years=1),
                "language_ids": cls.arabic.ids,
                **values,
            }
        )

    @classmethod
    def _row(cls, interpreter=None, **values):
        """Return the values of a row: somebody of the pool, unless told otherwise."""
        row = {"language_id": cls.arabic.id, "minutes": 30, **values}
        if interpreter:
            row["interpreter_id"] = interpreter.id
        return row

    @classmethod
    def _interpreted(cls, *rows, case=None, **values):
        """Document a talk with rows of interpreters."""
        return cls._talk(case or cls.case, interpreting_ids=[(0, 0, row) for row in rows], **values)
