from ..common import IntegrationCommon


class OutreachCommon(IntegrationCommon):
    """Helpers to enter arrivals and to visit them."""

    @classmethod
    def _arrival(cls, user, days_ago=10, town=None, **values):
        """Enter an arrival in Aheim as ``user``, in a request of its own."""
        cls.env.flush_all()
        day = cls.today.fromordinal(cls.today.toordinal() - days_ago)
        return cls._as(user)["integration.arrival"].create(
            {"municipality_id": (town or cls.town_a).id, "date_move": day, **values}
        )

    @classmethod
    def _visit(cls, arrival, result="talked", days_ago=1, **values):
        """Note a visit as the user of the arrival's environment."""
        day = cls.today.fromordinal(cls.today.toordinal() - days_ago)
        return arrival.env["integration.arrival.visit"].create(
            {"arrival_id": arrival.id, "result": result, "date": day, **values}
        )
