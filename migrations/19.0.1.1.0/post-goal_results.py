"""Results of goals get the day they were recorded for, by what else is known of it."""


def migrate(cr, version):
    """Take the last review of the version, else its end, else the last change of the goal.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    cr.execute(
        """UPDATE integration_plan_line goal
              SET date_result = COALESCE(
                      (SELECT max(review.date) FROM integration_plan_review review
                        WHERE review.plan_id = plan.id),
                      plan.date_ended,
                      (goal.write_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin')::date)
             FROM integration_plan plan
            WHERE plan.id = goal.plan_id AND goal.state <> 'open'
              AND goal.date_result IS NULL"""
    )
