"""The launchers with what is not theirs, and with what somebody would miss.

As the other tests of the launchers: no Odoo is needed, and nothing is started.
"""

import os
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from lib import cleanup, disk, environment, launcher, paths, processes, released, ui
from lib.commands import demo as demo_command
from lib.postgres import cluster, databases
from lib.postgres.server import Server


class SharedServer(Server):
    """A server of somebody's with databases and their comments, which notes what it is told."""

    def query(self, statement, parameters=(), *, database=None):
        if statement.startswith("SELECT 1 FROM pg_database"):
            return [(1,)] if parameters[0] in NOTES else []
        if statement.startswith("SELECT shobj"):
            return [(NOTES.get(parameters[0]),)]
        TOLD.append(statement)
        return []


NOTES, TOLD = {}, []


def test_a_foreign_database_is_never_dropped(checkout):
    TOLD.clear()
    NOTES.clear()
    own = f"{paths.MODULE}_{paths.key()}_test"
    foreign = '{"checkout": "/somewhere/else"}'
    NOTES.update({"demo": foreign, "other": None, own: None})
    shared = databases.Databases(SharedServer("h", 5432, "u"))
    for name in ("demo", "other"):
        for drop in (shared.drop, shared.create, lambda name: shared.copy(own, name)):
            with pytest.raises(ui.LauncherError, match=f"database {name} at h:5432.*stays"):
                drop(name)
        with pytest.raises(ui.LauncherError, match="stays"):
            shared.publish(own, name)
    assert not TOLD
    shared.drop(own)
    NOTES["demo"] = f'{{"checkout": "{checkout}"}}'
    shared.drop("demo")
    assert [word.split()[:2] for word in TOLD] == [["DROP", "DATABASE"]] * 2
    TOLD.clear()
    databases.Databases(SharedServer("h", 5432, "u", own=True)).drop("other")
    assert TOLD


def test_reset_leaves_a_foreign_demo(checkout):
    NOTES.clear()
    NOTES["demo"] = None
    shared = databases.Databases(SharedServer("h", 5432, "u"))
    environment = SimpleNamespace(databases=shared, name=lambda name: name)
    for reset in (True, False):
        with pytest.raises(ui.LauncherError, match="this checkout did not make"):
            demo_command._ensure_database(environment, reset=reset)


def test_only_databases_of_tests_may_lose_what_was_saved(checkout):
    TOLD.clear()
    NOTES.clear()
    shared = databases.Databases(SharedServer("h", 5432, "u", own=True))
    kept = ("demo_part", "county_part", "bench", "checked")
    thrown_away = ("test_part", "test_demo", "test_apps", "check_suites", "suites_beside")
    for name in kept + thrown_away:
        NOTES.clear()
        shared._configure(name)
    lossy = [word.split('"')[1] for word in TOLD if "synchronous_commit" in word]
    assert lossy == [*thrown_away]
    assert "\nsynchronous_commit = on\n" in cluster.SETTINGS


def test_settings_have_the_last_word_in_an_older_cluster(tmp_path):
    main = tmp_path / "postgresql.conf"
    main.write_text("synchronous_commit = off\n")
    for _start in range(2):
        cluster.write_settings(tmp_path)
    assert main.read_text().count(cluster.INCLUDE) == 1
    assert main.read_text().strip().endswith(cluster.INCLUDE)
    written = (tmp_path / cluster.SETTINGS_FILE).read_text()
    assert "log_min_error_statement = panic" in written and "log_min_messages = fatal" in written


def test_databases_of_a_moved_checkout_are_kept_for_weeks(checkout, monkeypatch):
    moved = paths.cache() / "checkouts" / "moved"
    moved.mkdir(parents=True)
    note = moved / "checkout"
    note.write_text("/no/longer/here\n")
    monkeypatch.setattr(cleanup, "ROOT_HOME", checkout / "clusters")
    cleanup.forget_gone_checkouts()
    assert moved.exists()
    long_ago = time.time() - cleanup.KEPT_FOR - 60
    os.utime(note, (long_ago, long_ago))
    cleanup.forget_gone_checkouts()
    assert not moved.exists()


def test_what_a_ci_left_goes_at_once(checkout, monkeypatch):
    folder = paths.cache() / "checkouts" / "of a ci"
    folder.mkdir(parents=True)
    (folder / "checkout").write_text("/no/longer/here\n")
    monkeypatch.setenv("CI", "true")
    paths.note_ci(folder)
    monkeypatch.setattr(cleanup, "ROOT_HOME", checkout / "clusters")
    cleanup.forget_gone_checkouts()
    assert not folder.exists()


def test_programs_of_others_are_left_alone(tmp_path):
    folder = tmp_path / "half"
    folder.mkdir()
    longer = tmp_path / "half.other"
    longer.mkdir()
    # A launcher runs these tests, and what it starts hands its mark on.
    unmarked = {name: value for name, value in os.environ.items() if name != processes.MARK}
    others = [
        # not ours, though it names the folder
        subprocess.Popen(["sleep", "60"], cwd=folder, env=unmarked),
        # ours, but its folder merely begins alike
        processes.start(["sh", "-c", "sleep 60; true", str(longer)], mortal=False, cwd=longer),
    ]
    try:
        time.sleep(0.3)
        processes.clear(folder)
        assert [process.poll() for process in others] == [None, None]
    finally:
        for process in others:
            process.kill()
            process.wait()


def test_the_last_log_is_kept(tmp_path):
    log = tmp_path / "demo-8069.log"
    for text in ("first", "second"):
        processes.run(["echo", text], log=log)
    assert log.read_text() == "second\n"
    assert (tmp_path / "demo-8069.log.1").read_text() == "first\n"


def test_odoo_is_started_by_a_file_that_can_be_started_again():
    command = environment.Environment(None, Path("venv"), None).command("--workers", 2)
    assert Path(command[1]).is_file() and "-m" not in command


def test_a_full_disk_is_named_with_a_way_out(checkout, capsys, monkeypatch):
    def full(_arguments):
        raise RuntimeError("could not extend file: No space left on device")

    monkeypatch.setattr(launcher, "handle_signals", lambda: None)
    with pytest.raises(SystemExit) as left:
        launcher.launch(full)
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert "The disk is full" in said and str(paths.cache()) in said and "checkouts" in said
    assert "Traceback" not in said


def test_a_nearly_full_disk_is_refused_before_any_work(checkout, monkeypatch):
    usage = SimpleNamespace(free=10 * 2**20)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _place: usage)
    with pytest.raises(ui.LauncherError, match="10 MB are free"):
        disk.ensure_room()
    usage.free = 100 * 2**30
    disk.ensure_room()


def test_a_released_state_out_of_reach_is_named(checkout):
    with pytest.raises(ui.LauncherError, match="unshallow"):
        released.addons()
