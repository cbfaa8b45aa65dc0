import json
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import SQL

from .busy_common import BusyCommon

# Cases of others, at the same employer and at another one; talks of each
HERE, ELSEWHERE, TALKS = 400, 6000, 3
# Tables that grow with the work, hence are never read from end to end
GROWING = frozenset(
    """
    res_partner integration_client integration_case integration_case_access
    integration_case_assignment integration_consent integration_contact integration_contact_person
    integration_contact_topic_rel integration_note integration_plan integration_plan_line
    integration_plan_step mail_activity
    """.split()
)
EXPLAINED = ("SELECT", "WITH", "UPDATE", "DELETE")


@tagged("post_install", "-at_install")
class TestPlans(BusyCommon):
    """What is asked fifty times a day is found by an index, however large the tables are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        for count, user in ((HERE, cls.colleague_a), (ELSEWHERE, cls.worker_b)):
            cls._fill(count, user)
        # Without it the planner takes the tables for empty
        cls.cr.execute(SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, sorted(GROWING)))))
        cls.env.invalidate_all()

    @classmethod
    def _fill(cls, count, user):
        """Give ``user`` so many cases in SQL, in the columns that the planner looks at."""
        values = {
            "count": count,
            "user": user.id,
            "company": user.company_id.id,
            "town": (cls.town_a if user.company_id == cls.company_a else cls.town_b).id,
            "today": cls.today,
            "talks": TALKS,
            "channel": cls.home_visit.id,
            "kind": cls.env.ref("mail.mail_activity_data_todo").id,
            "area": cls.env["integration.area"].search([], limit=1).id,
            "topic": cls.env["integration.topic"].search([], limit=1).id,
        }
        mandate = cls.env["integration.mandate"].search(
            [("company_id", "=", user.company_id.id)], limit=1
        )
        values["mandate"] = mandate.id
        for statement in FILL.split(";"):
            cls.cr.execute(statement, values)

    @contextmanager
    def _asked(self):
        """Collect the queries that are sent."""
        found, execute = [], Cursor.execute

        def noted(cursor, query, params=None, log_exceptions=True):
            found.append((query, params))
            return execute(cursor, query, params, log_exceptions)

        with patch.object(Cursor, "execute", noted):
            yield found

    def _read_whole(self, queries):
        """Return (table, query) wherever a growing table is read from end to end."""
        found = []
        for query, params in queries:
            text = query.code if isinstance(query, SQL) else query
            if not text.lstrip(" \n(").upper().startswith(EXPLAINED):
                continue
            if isinstance(query, SQL):
                self.cr.execute(SQL("EXPLAIN (FORMAT JSON) %s", query))
            else:
                self.cr.execute(f"EXPLAIN (FORMAT JSON) {query}", params)  # pylint: disable=sql-injection
            (plan,) = self.cr.fetchone()
            plan = json.loads(plan) if isinstance(plan, str) else plan
            found += [(table, " ".join(text.split())) for table in _scanned(plan[0]["Plan"])]
        return found

    def _ways(self):
        """Yield (what is done, function) for the most frequent requests."""
        case = self.case.with_user(self.worker_a)
        clients = case.env["integration.client"]
        for way in ("kanban", "list", "form", "move", "talk"):
            yield way, lambda way=way: self._queries(way, self.worker_a, **{"$key": uuid4().hex})
        yield "team", lambda: self._queries("team", self.lead_a)
        yield "a person found", lambda: clients.name_search("First Pers", limit=8)
        yield "a case found", lambda: case.search([("display_name", "ilike", "First Pers")])
        yield (
            "the dialog of a contact",
            lambda: (
                case.env["integration.contact.quick"]
                .with_context(default_case_id=case.id)
                .onchange({}, [], {"hints": {}, "possible_step_ids": {}, "channel_id": {}})
            ),
        )
        yield (
            "the contacts of a case",
            lambda: case.env["integration.contact"].web_search_read(
                case._contact_domain(), {"date": {}, "client_ids": {}, "note_text": {}}, limit=80
            ),
        )

    def _found_whole(self, function):
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        with self._asked() as queries:
            function()
            self.env.flush_all()
        return self._read_whole(queries)

    def test_ten_most_frequent_requests_use_indexes(self):
        ways = dict(self._ways())
        self.assertEqual(len(ways), 10)
        for what, function in ways.items():
            with self.subTest(what):
                self.assertFalse(self._found_whole(function))

    def test_a_missing_index_is_noticed(self):
        for name in ("user_case_idx", "user_client_idx", "user_partner_idx", "_company_id_index"):
            self.cr.execute(SQL("DROP INDEX %s", SQL.identifier(f"integration_case_access_{name}")))
        tables = {table for table, _query in self._found_whole(dict(self._ways())["kanban"])}
        self.assertEqual(tables, {"integration_case_access"})


def _scanned(node):
    """Yield the growing tables that a plan reads from end to end."""
    if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in GROWING:
        yield node["Relation Name"]
    for below in node.get("Plans", ()):
        yield from _scanned(below)


FILL = """
    CREATE TEMP TABLE g ON COMMIT DROP AS
    SELECT i, nextval('res_partner_id_seq')::int AS partner_id,
           nextval('integration_client_id_seq')::int AS client_id,
           nextval('integration_case_id_seq')::int AS case_id,
           nextval('integration_plan_id_seq')::int AS plan_id
      FROM generate_series(1, %(count)s) i;
    INSERT INTO res_partner (id, name, complete_name, company_id, active, is_integration_client,
                             type, partner_share, commercial_partner_id)
    SELECT partner_id, md5(i::text), md5(i::text), %(company)s, TRUE, TRUE, 'contact', TRUE,
           partner_id FROM g;
    INSERT INTO integration_client (id, partner_id, company_id, file_number, gender, consent_state)
    SELECT client_id, partner_id, %(company)s, 'P-' || client_id, 'unknown', 'given' FROM g;
    INSERT INTO integration_case (id, client_id, file_number, episode, company_id, municipality_id,
        mandate_id, user_id, stage_id, state, date_start, date_opened, consent_state, has_plan,
        last_talk_date, next_contact_date, silence_state)
    SELECT case_id, client_id, 'P-' || client_id, 1, %(company)s, %(town)s, %(mandate)s, %(user)s,
           (SELECT min(id) FROM integration_case_stage), 'open', %(today)s::date - 100,
           %(today)s::date - 100, 'given', TRUE, %(today)s::date - i %% 40,
           %(today)s::date + i %% 30, 'on_time' FROM g;
    INSERT INTO integration_case_access (case_id, client_id, partner_id, company_id, user_id, kind,
                                         date_from)
    SELECT case_id, client_id, partner_id, %(company)s, %(user)s, 'owner', now() FROM g;
    INSERT INTO integration_case_assignment (case_id, company_id, user_id, municipality_id,
                                             date_from)
    SELECT case_id, %(company)s, %(user)s, %(town)s, %(today)s::date - 100 FROM g;
    INSERT INTO integration_consent (client_id, company_id, purpose, decision, form, date, user_id)
    SELECT client_id, %(company)s, 'file', 'given', 'written', %(today)s::date - 100, %(user)s
      FROM g;
    INSERT INTO integration_contact (case_id, company_id, user_id, municipality_id, date, duration,
                                     channel_id, reached, is_talk)
    SELECT case_id, %(company)s, %(user)s, %(town)s, %(today)s::date - (i + t * 20) %% 100, 30,
           %(channel)s, TRUE, TRUE FROM g, generate_series(1, %(talks)s) t;
    INSERT INTO integration_contact_person (contact_id, client_id, case_id, company_id,
                                            municipality_id, user_id, date, is_talk)
    SELECT c.id, g.client_id, c.case_id, c.company_id, c.municipality_id, c.user_id, c.date, TRUE
      FROM integration_contact c JOIN g ON g.case_id = c.case_id;
    INSERT INTO integration_contact_topic_rel (contact_id, topic_id)
    SELECT c.id, %(topic)s FROM integration_contact c JOIN g ON g.case_id = c.case_id;
    INSERT INTO integration_note (case_id, contact_id, company_id, user_id, confidentiality, date,
                                  body)
    SELECT c.case_id, c.id, c.company_id, c.user_id, 'file', c.date, 'Words'
      FROM integration_contact c JOIN g ON g.case_id = c.case_id;
    INSERT INTO integration_plan (id, origin_id, case_id, client_id, company_id, municipality_id,
                                  user_id, version, state, date_agreed, date_next_review)
    SELECT plan_id, plan_id, case_id, client_id, %(company)s, %(town)s, %(user)s, 1, 'agreed',
           %(today)s::date - 50, %(today)s::date + 50 FROM g;
    INSERT INTO integration_plan_line (plan_id, case_id, company_id, area_id, state, name)
    SELECT plan_id, case_id, %(company)s, %(area)s, 'open', 'Goal' FROM g;
    INSERT INTO integration_plan_step (line_id, plan_id, case_id, company_id, area_id, name, owner,
                                       state)
    SELECT l.id, l.plan_id, l.case_id, l.company_id, l.area_id, 'Step', 'worker', 'open'
      FROM integration_plan_line l JOIN g ON g.plan_id = l.plan_id;
    INSERT INTO mail_activity (res_model_id, res_model, res_id, activity_type_id, user_id,
                               date_deadline, active)
    SELECT m.id, m.model, g.case_id, %(kind)s, %(user)s, %(today)s, TRUE
      FROM g, ir_model m WHERE m.model = 'integration.case';
    DROP TABLE g
"""
