"""The launchers' own logic, as far as it can be tried without starting anything.

Not named test_*.py and not imported by the tests package: no Odoo is needed for it.
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

BIN = Path(__file__).resolve().parents[2] / "bin"
sys.path.insert(0, str(BIN))

from lib import apt_mirror, installer, locks, module_files, paths, processes, serving, ui  # noqa: E402
from lib.commands import logins, test_parts  # noqa: E402
from lib.commands import test as test_command  # noqa: E402
from lib.postgres.server import Server  # noqa: E402

DEB822 = """\
# a note
Types: deb deb-src
# another note
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/some.gpg

Types: deb
URIs: http://other.example/debian
Suites: trixie
Components: main
Enabled: no

Types: deb
URIs: http://inline.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
"""


def test_mirror_from_deb822():
    first, inline = apt_mirror.parse_deb822(DEB822)
    assert first.uri == "http://mirror.example/debian"
    assert first.suites == ("trixie", "trixie-updates")
    line = "deb [signed-by=/usr/share/keyrings/some.gpg] http://mirror.example/debian sid main\n"
    assert apt_mirror.source_line(first, "sid") == line
    assert inline.signed_by == ""


def test_mirror_from_one_line_style():
    text = (
        "# deb http://off.example/debian sid main\n"
        "deb [arch=amd64 signed-by=/k.gpg] http://a.example/debian bookworm main contrib # why\n"
        "deb-src http://b.example/debian bookworm main\n"
    )
    (source,) = apt_mirror.parse_one_line(text)
    assert source == apt_mirror.Source(
        "http://a.example/debian", ("bookworm",), ("main", "contrib"), "/k.gpg"
    )


def test_durations_read_well():
    assert ui.duration(0.2) == "0 s"
    assert ui.duration(59.4) == "59 s"
    assert ui.duration(125) == "2 min 05 s"


def test_test_files_are_named_through_the_module(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    selected = test_command._with_module_paths(["tests/test_case.py::A::b", "-k", "tests", "-x"])
    module = paths.MODULE
    assert selected == [f"{module}/tests/test_case.py::A::b", "-k", "tests", "-x"]


def test_demo_tests_run_on_the_demo(checkout):
    assert list(test_command._runs([])) == ["test"]
    (checkout / "tests" / "test_demo_county.py").touch()
    runs = test_command._runs(["-x"])
    assert runs["test_demo"] == ["-x", f"{paths.MODULE}/tests/test_demo_county.py"]
    assert list(test_command._runs(["tests/test_demo_county.py"])) == ["test_demo"]


def test_tests_beside_apps_run_when_named_or_with_everything(checkout):
    (checkout / "tests" / "beside").mkdir()
    (checkout / "tests" / "beside" / "test_apps_mailing.py").touch()
    file = f"{paths.MODULE}/tests/beside/test_apps_mailing.py"
    assert "test_apps" not in test_command._runs(["-x"])
    assert any("test_apps" in word for word in test_command._runs(["-x"])["test"])
    assert test_command._runs(["-x"], apps=True)["test_apps"] == ["-x", file]
    assert test_command._runs(["tests/beside/test_apps_mailing.py"]) == {"test_apps": [file]}


def test_whole_suite_runs_in_two_halves(checkout, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    names = [f"test_{number}.py" for number in range(5)]
    for number, name in enumerate(names):
        (checkout / "tests" / name).write_text("a" * number)
    (checkout / "tests" / "tooling").mkdir()
    (checkout / "tests" / "tooling" / "some_test.py").write_text("pass")
    (checkout / "tests" / "test_demo_county.py").touch()
    runs = test_command._runs(["-rfE"])
    first, second = (set(runs[name]) - {"-rfE"} for name in ("test", "test_second"))
    assert not first & second
    expected = {*names, "test_case.py", "tooling/some_test.py"}
    assert first | second == {f"{paths.MODULE}/tests/{name}" for name in expected}
    assert "test_second" not in test_command._runs(["-k", "case"])
    assert "test_second" not in test_command._runs(["tests/test_case.py", "tests/test_1.py"])


REPORT = """\
<testsuites><testsuite>
<testcase classname="tests.plan.test_long.TestLong" file="tests/plan/long.py" time="40.04"/>
<testcase classname="tests.plan.test_long.TestLong" file="tests/plan/test_long.py" time="50"/>
<testcase classname="tests.test_short" file="tests/test_short.py" time="0.5"/>
</testsuite></testsuites>
"""


def test_halves_are_balanced_by_what_the_last_run_took(checkout):
    (checkout / "tests" / "plan").mkdir()
    files = [
        checkout / "tests" / name
        for name in ("plan/test_long.py", "test_short.py", "test_new_and_big.py", "test_new.py")
    ]
    for file, length in zip(files, (10, 90000, 45000, 15000), strict=True):
        file.write_text("a" * length)
    report = test_parts.report("test")
    report.write_text(REPORT)
    test_parts.remember_seconds([report])
    long, rest = test_parts.halves(files)
    assert [file.name for file in long] == ["test_long.py"]
    assert {file.name for file in rest} == {file.name for file in files[1:]}
    assert test_parts._known_seconds()["plan/test_long.py"] == 90.0
    assert test_parts._known_seconds()["test_short.py"] == 0.5


def test_shipped_seconds_are_of_files_that_exist():
    tests = BIN.parent / "tests"
    shipped = test_parts.json.loads(test_parts.SHIPPED.read_text())
    there = [name for name in shipped if (tests / name).is_file()]
    # What was renamed since goes by its length until the suite has run
    assert len(there) > len(shipped) / 2


def test_whole_walks_are_asked_for(checkout, monkeypatch):
    def seen(*arguments):
        monkeypatch.setenv("INTEGRATION_THIRD", "2")
        monkeypatch.setenv("INTEGRATION_MUTANTS", "")
        selections = []
        monkeypatch.setattr(
            test_command, "_runs", lambda words, apps: selections.append(words) or {}
        )
        monkeypatch.setattr(test_command, "prepared", lambda *_, **__: contextlib.nullcontext())
        test_command.main([*arguments, "--prepare"])
        return selections[0], os.environ["INTEGRATION_THIRD"]

    assert seen("-rfE") == (["-rfE"], "2")
    assert seen("--full", "-rfE") == (["-rfE"], "all")
    assert seen("--mutants") == ([test_command.MUTANTS], "all")


def test_both_halves_are_shown_and_judged(capfd):
    def program(text, code):
        return [sys.executable, "-c", f"print({text!r}); raise SystemExit({code})"], {}

    assert test_parts.side_by_side(program("one", 0), program("two", 3)) == [0, 3]
    out, err = capfd.readouterr()
    assert "one" in out and "two" in err


def test_finding_no_test_counts_only_without_any_run():
    assert test_command._overall([5, 0]) == 0
    assert test_command._overall([5, 5]) == 5
    assert test_command._overall([0, 1]) == 1


def test_databases_are_remade_for_the_right_files_only(checkout):
    before = module_files.database_hash(), module_files.asset_hash()
    (checkout / "tests" / "test_case.py").write_text("changed")
    assert (module_files.database_hash(), module_files.asset_hash()) == before
    (checkout / "static" / "src" / "a.js").write_text("2")
    assert module_files.database_hash() == before[0]
    assert module_files.asset_hash() != before[1]
    (checkout / "models" / "case.py").write_text("a = 2")
    assert module_files.database_hash() != before[0]


class Databases(dict):
    """Databases that are nothing but their stamps."""

    def __init__(self):
        super().__init__()
        self.stamp = lambda name: self.get(name, {})
        self.set_stamp = self.__setitem__
        self.copy = lambda source, target: self.update({target: dict(self.get(source, {}))})
        self.publish = lambda part, name: self.update({name: self.pop(part)})


@pytest.fixture
def installed(checkout, monkeypatch):
    """An environment in which installing is noted instead of done."""
    done = []
    odoo = SimpleNamespace(version="19.0", package="odoo")
    monkeypatch.setattr(installer, "_install", lambda _env, name, *_rest: done.append(name))
    monkeypatch.setattr(installer, "run_inside", lambda _env, _db, script, _: done.append(script))
    monkeypatch.setattr(installer.assets, "carry_over", lambda *_: None)
    environment = SimpleNamespace(odoo=odoo, databases=Databases(), name=lambda name: name)
    return environment, done


def test_demo_county_is_installed_once_a_day(installed, monkeypatch):
    environment, done = installed
    installer.create(environment, "test_demo", demo=True)
    assert done == ["county"]
    installer.create(environment, "demo", demo=True)
    assert done == ["county", "compile_assets.py"]
    assert environment.databases["demo"] == installer.current_stamp(environment, demo=True)
    installer.create(environment, "test_demo", demo=True, fresh=True)
    assert done == ["county", "compile_assets.py", "county"]

    class Tomorrow(installer.date):
        @classmethod
        def today(cls):
            return cls(2100, 1, 1)

    monkeypatch.setattr(installer, "date", Tomorrow)
    installer.create(environment, "demo", demo=True)
    assert done[3:] == ["county", "compile_assets.py"]


def test_only_the_tests_find_their_people(installed):
    environment, done = installed
    installer.create(environment, "test", demo=False)
    assert done == ["test", "build_world.py", "compile_assets.py"]
    assert environment.databases["test"] == installer.current_stamp(environment, demo=False)
    installer.create(environment, "bench", demo=False)
    assert done[3:] == ["bench", "compile_assets.py"]


def test_database_is_remade_when_its_people_change(checkout, installed):
    environment, _done = installed
    installer.create(environment, "test", demo=False)
    assert not list(test_command._outdated(environment, "test", False))
    assert list(test_command._outdated(environment, "test", True))
    (checkout / "tests" / "world.py").write_text("b = 1")
    assert list(test_command._outdated(environment, "test", False))
    assert "world" not in installer.current_stamp(environment, demo=True)


def test_what_runs_together_ends_together(tmp_path):
    done = []

    def long():
        processes.run(["sleep", "60"], what="Sleeping")
        done.append("slept")

    def broken():
        time.sleep(0.2)
        raise ui.LauncherError("no")

    started = time.monotonic()
    with pytest.raises(ui.LauncherError, match="no"):
        processes.together(long, broken)
    assert time.monotonic() - started < 30
    assert not done and not processes.RUNNING
    processes.together(lambda: done.append(1), lambda: done.append(2))
    assert sorted(done) == [1, 2]
    processes.together()


def test_shared_servers_keep_checkouts_apart(checkout):
    shared, own = Server("h", 5432, "u"), Server("h", 5432, "u", own=True)
    assert own.database_name("test") == "test"
    assert paths.key() in shared.database_name("test")
    assert shared.database_name("demo") == "demo"


def test_a_lock_goes_with_its_owner(tmp_path):
    lock = locks.Lock(tmp_path / "some" / "lock")
    lock.take()
    assert locks.is_held(tmp_path / "some" / "lock")
    lock.release()
    assert not locks.is_held(tmp_path / "some" / "lock")


def test_a_taken_port_is_named():
    import socket

    with socket.socket() as listener:
        listener.bind((serving.HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(ui.LauncherError, match=f"Port {port}.*--port {port + 1}"):
            serving.ensure_port_free(port)


def test_a_failure_shows_the_end_of_the_output():
    with pytest.raises(ui.LauncherError, match=r"(?s)Trying failed \(exit code 3\).*\| sorry"):
        processes.run(["sh", "-c", "echo sorry; exit 3"], what="Trying")


def test_half_made_folders_go_with_their_leftover_programs(tmp_path):
    folder = tmp_path / "half"
    folder.mkdir()
    leftover = processes.start(["sh", "-c", f"cd {folder}; sleep 60"], mortal=False)
    # For a moment after its start a program has no command line yet.
    words = Path(f"/proc/{leftover.pid}/cmdline")
    while not words.read_bytes():
        time.sleep(0.01)
    processes.clear(folder)
    assert leftover.wait(5) == -9
    assert not folder.exists()


def test_login_list_is_aligned():
    assert logins.table([("anna", "Anna", None), ("b", "Bo", "X")]) == [
        "anna  Anna",
        "b     Bo    X",
    ]


def test_launchers_can_be_started():
    for name in ("demo", "test", "odoo"):
        assert os.access(BIN / name, os.X_OK)
