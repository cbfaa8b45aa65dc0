"""How the runs of Odoo's own tests beside the module are read, and judged.

As the other tests of the launchers: no Odoo is needed, and nothing is started but sleep.
"""

import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from lib import processes, ui

sys.path.append(str(Path(__file__).resolve().parents[2] / ".ci"))

import odoo_suites  # noqa: E402

LOG = """\
2026-01-01 10:00:00,0 1 INFO db odoo.addons.base.tests.test_a: Starting TestA.test_b ...
2026-01-01 10:00:00,0 1 ERROR db odoo.addons.base.tests.test_a: FAIL: TestA.test_b
2026-01-01 10:00:00,0 1 ERROR db odoo.addons.base.tests.test_a: ERROR: TestA.test_b
2026-01-01 10:00:00,0 1 ERROR db odoo.addons.base.tests.test_a: FAIL: Subtest TestA.test_c (x=1)
2026-01-01 10:00:00,0 1 ERROR db odoo.addons.base.tests.test_a: ERROR: TestA.test01_number
2026-01-01 10:00:00,0 1 ERROR db odoo.tests.suite: ERROR: setUpClass (odoo.addons.b.tests.test_u.TestU)
2026-01-01 10:00:00,0 1 INFO db odoo.addons.b.tests.test_u: skipped TestT.test_tour : needs a browser\x20
2026-01-01 10:00:00,0 1 INFO db odoo.addons.b.tests.test_u: skipped TestT.test_other : no internet
"""  # noqa: E501
END = "2026-01-01 10:00:00,0 1 ERROR db odoo.tests.result: 4 failed, 2 error(s) of 9 tests when\n"


def test_a_log_says_what_failed_and_what_needs_a_browser(tmp_path):
    log = tmp_path / "suite.log"
    log.write_text(LOG + END)
    ran = odoo_suites.outcome(log)
    assert ran.total == 9
    once = dict.fromkeys(["TestA.test_c", "TestA.test01_number", "TestU"], 1)
    assert ran.failing == {"TestA.test_b": 2, **once}
    assert ran.in_browser == {"TestT.test_tour"}


def test_a_log_without_an_end_is_no_success(tmp_path):
    log = tmp_path / "suite.log"
    nothing = END.replace("of 9", "of 0")
    for text in (LOG, nothing, ""):
        log.write_text(text)
        with pytest.raises(ui.LauncherError, match="TestA.test_b" if text == LOG else "none"):
            odoo_suites.outcome(log)
    # A class that cannot begin has failed.
    (line,) = (line for line in LOG.splitlines() if "setUpClass" in line)
    log.write_text(f"{line}\n{nothing}")
    assert odoo_suites.outcome(log).failing == {"TestU": 1}


def test_what_hangs_is_ended():
    started = time.monotonic()
    with pytest.raises(ui.LauncherError, match="Sleeping"):
        processes.run(["sleep", "60"], what="Sleeping", limit=0.2)
    assert time.monotonic() - started < 30


@pytest.fixture(autouse=True)
def own_state(checkout):
    """Wait for no other run."""


class Told(odoo_suites.Comparison):
    """Knows beforehand what fails where."""

    def __init__(self, beside, without=(), alone=(), whole=(), in_browser=()):
        databases = SimpleNamespace(drop=lambda name: None)
        environment = SimpleNamespace(databases=databases, name=lambda name: name)
        super().__init__(environment, None, "template", "test_mail")
        self.answers = {"beside": beside, "without": without, "alone": alone}
        self.answers["without, whole"] = whole
        self.in_browser, self.asked = set(in_browser), []

    @contextmanager
    def _database(self, name, modules):
        yield

    def _compile_assets(self):
        self.asked.append("assets")

    def _run(self, source, part, what):
        self.asked.append((part.title, part.tags, what))
        answer = self.answers[what]
        if isinstance(answer, Exception):
            raise answer
        in_browser = set() if part.browser else self.in_browser
        return odoo_suites.Run(9, Counter(answer), in_browser)


PART = odoo_suites.Part("mail", "/mail")


def test_what_fails_with_the_module_alone_is_a_mistake(capsys):
    told = Told({"A.test_a", "B.test_b"}, without={"A.test_a"}, alone={"B.test_b"})
    assert told.run([PART]) == 1
    assert told.asked[1:] == [
        ("mail", "/mail:A.test_a,/mail:B.test_b", "without"),
        ("mail", "/mail:B.test_b", "alone"),
    ]
    lines = capsys.readouterr().err
    assert "9 tests, 2 fail beside the module, 1 of them without it" in lines
    assert "FAILS ONLY WITH THE MODULE: B.test_b" in lines


def test_what_fails_after_others_is_compared_after_others(capsys):
    told = Told({"A.test_a", "B"}, whole={"B"})
    assert told.run([PART]) == 1
    assert told.asked[-1] == ("mail", "/mail", "without, whole")
    lines = capsys.readouterr().err
    assert "ONLY WITH THE MODULE, AFTER OTHERS: A.test_a" in lines and ": B" not in lines
    assert Told({"B"}, whole={"B"}).run([PART]) == 0


def test_a_further_subtest_that_fails_is_noticed():
    told = Told(["A.test_a"] * 3, without=["A.test_a"] * 2, alone=["A.test_a"] * 3)
    assert told.run([PART]) == 1
    assert Told(["A.test_a"] * 2, without=["A.test_a"] * 2).run([PART]) == 0


def test_a_subtest_that_fails_after_others_is_compared_after_others():
    three, two = ["A.test_a"] * 3, ["A.test_a"] * 2
    assert Told(three, without=two, alone=two, whole=three).run([PART]) == 0
    assert Told(three, without=two, alone=two, whole=two).run([PART]) == 1


def test_an_accepted_difference_is_named_with_its_reason(capsys):
    told = Told({"A.test_a"}, alone={"A.test_a"})
    told._accepted = {"A.test_a": "one query more"}
    assert told.run([PART]) == 0
    assert "accepted: A.test_a - one query more" in capsys.readouterr().err


def test_a_part_that_breaks_off_loses_no_other(capsys):
    told = Told(ui.LauncherError("The last test was A."))
    assert told.run([PART, PART._replace(title="crm")]) == 1
    assert [title for title, _tags, _what in told.asked] == ["mail", "crm"]
    assert "crm: DOES NOT END. The last test was A." in capsys.readouterr().err


def test_what_needs_a_browser_runs_after_the_rest():
    told = Told((), in_browser={"T.test_tour"})
    assert told.run([PART, PART._replace(title="crm", tags="/crm")]) == 0
    assert told.asked == [
        ("mail", "/mail", "beside"),
        ("crm", "/crm", "beside"),
        "assets",
        ("mail, in a browser", "/mail:T.test_tour", "beside"),
        ("crm, in a browser", "/crm:T.test_tour", "beside"),
    ]


def test_every_accepted_difference_has_a_reason():
    for name, reason in odoo_suites.accepted().items():
        assert odoo_suites.failed(f" FAIL: {name}\n") == {name: 1}
        assert len(reason.split()) > 3
