"""What a machine cannot do is found by trying, said in words, and never passed over."""

import errno
import json
from pathlib import Path

import pytest

from tito.errors import BrokenError
from tito.model.course import Course, Settings
from tito.sandbox import bubblewrap, container, trial
from tito.sandbox.confine import Layer, Level, Refused, best_level, confine
from tito.workflows.machine import sandbox

ROOT = Path(__file__).parents[3]


def course(**settings):
    return Course(Path("/course"), Settings(**settings))


def test_this_machine_gives_the_standard_level():
    assert trial.refused() == {}
    assert best_level() in {Level.STANDARD, Level.STRONG}


def test_a_layer_that_is_taken_and_not_kept_to_is_found_out():
    def pretend(layers, cell):
        return None

    found = trial.tried(tuple(Layer), pretend)
    assert {Layer.LANDLOCK, Layer.SECCOMP} <= found.keys()
    assert "does not keep to it" in found[Layer.LANDLOCK]


@pytest.mark.parametrize(
    ("layer", "code", "words"),
    [
        (Layer.LANDLOCK, errno.ENOSYS, "this kernel has no Landlock"),
        (Layer.LANDLOCK, errno.EOPNOTSUPP, "lsm="),
        (Layer.LANDLOCK, errno.EPERM, "container engines"),
        (Layer.SECCOMP, errno.EINVAL, "built without seccomp"),
        (Layer.USER, errno.EPERM, "as an ordinary user"),
        (Layer.LIMITS, errno.EPERM, "Operation not permitted"),
    ],
)
def test_a_refusal_is_said_in_words(layer, code, words):
    def refuse(layers, cell):
        if list(layers) == [layer]:
            raise Refused(layer, OSError(code, "Operation not permitted"))
        confine(layers, cell)

    found = trial.tried((layer,), refuse)
    assert list(found) == [layer]
    assert words in found[layer]


def test_a_trial_that_dies_counts_for_nothing():
    def die(layers, cell):
        raise SystemExit

    assert trial.tried((Layer.LIMITS,), die) == {Layer.LIMITS: "the process that tried it died"}


def test_grading_needs_what_the_flag_says_then_the_course_then_standard(monkeypatch):
    monkeypatch.setattr(container, "refused", lambda: "none")
    assert sandbox.choose(course(), None) is Level.STANDARD
    assert sandbox.choose(course(sandbox="limits"), None) is Level.LIMITS
    assert sandbox.choose(course(sandbox="limits"), Level.STANDARD) is Level.STANDARD


def test_in_a_container_without_a_network_the_standard_level_is_strong(monkeypatch):
    monkeypatch.setattr(container, "refused", lambda: "")
    assert sandbox.choose(course(), None) is Level.STRONG
    assert sandbox.choose(course(), Level.LIMITS) is Level.LIMITS


def test_a_level_that_cannot_be_had_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(trial, "refused", lambda: {Layer.LANDLOCK: "macOS has no such thing"})
    with pytest.raises(BrokenError) as caught:
        sandbox.choose(course(), None)
    text = str(caught.value)
    assert text.startswith("the sandbox level standard cannot be had here: landlock: macOS has no such thing. ")
    assert "--sandbox limits" in text
    assert "docs/sandbox.md" in text
    assert sandbox.choose(course(), Level.LIMITS) is Level.LIMITS


def test_strong_is_refused_without_bubblewrap_and_container(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(container, "refused", lambda: "tito does not run in one")
    with pytest.raises(BrokenError, match="bubblewrap is not installed"):
        sandbox.choose(course(), Level.STRONG)


def test_bubblewraps_refusal_by_apparmor_is_known(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert "Ubuntu 24.04" in bubblewrap.refused()


def test_where_nothing_is_forked_one_is_told_the_way_out(monkeypatch):
    trial.refused.cache_clear()
    monkeypatch.setenv("TITO_PORTABLE", "1")
    with pytest.raises(BrokenError, match=r"TITO_PORTABLE is set[\s\S]*WSL2"):
        sandbox.choose(course(), None)
    assert sandbox.choose(course(), Level.LIMITS) is Level.LIMITS
    assert sandbox.best() is Level.LIMITS
    monkeypatch.undo()
    trial.refused.cache_clear()


def test_a_container_with_a_network_is_none(tmp_path, monkeypatch):
    (tmp_path / ".dockerenv").touch()
    assert container.refused(tmp_path) == "tito does not run in one"
    namespace = tmp_path / "proc/self/ns/pid"
    namespace.parent.mkdir(parents=True)
    namespace.touch()
    assert "--network none" in container.refused(tmp_path, {"lo", "eth0"})
    assert container.refused(tmp_path, {"lo"}) == ""


def test_a_class_is_graded_in_a_container(ordinary, tmp_path):
    boxed = ordinary.within(
        *("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/run"),  # noqa: S108
        *("--ro-bind", "/dev/null", "/run/.containerenv", "--unshare-user", "--unshare-pid", "--unshare-net"),
    )
    if not boxed.works():
        pytest.skip("a container is made of bubblewrap here, which ordinary users cannot run")
    code = f"import os; os.chdir({str(ROOT)!r}); from tito.cli import main; main()"
    told = boxed.python("-c", code, "grade", "02", "samples/submitted/ada", "-q", "--json", "-")
    (grade,) = json.loads(told)["data"]["grades"]
    assert (grade["level"], grade["earned"]) == ("strong", 70)


def test_without_landlock_grading_is_refused_with_exit_code_4(tito):
    done = tito("grade", "02", "samples/submitted/ada", "-q", landlock=False)
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("tito: the sandbox level standard cannot be had here: landlock: this kernel has no")


def test_without_landlock_limits_grade_and_say_so(tito):
    done = tito("grade", "02", "samples/submitted/ada", "-q", "--sandbox", "limits", "--json", "-", landlock=False)
    assert done.returncode == 0, done.stderr
    (grade,) = json.loads(done.stdout)["data"]["grades"]
    assert (grade["level"], grade["earned"]) == ("limits", 70)


def test_without_landlock_a_students_own_check_goes_on(tito):
    done = tito("check", "02", "--json", landlock=False)
    assert (done.returncode, json.loads(done.stdout)["data"]["level"]) == (0, "limits")


def test_an_unknown_level_in_the_settings_is_refused(tmp_path):
    from tito.errors import CourseError
    from tito.workflows.course.opening import open_course

    (tmp_path / "tito.toml").write_text('sandbox = "strict"\n')
    with pytest.raises(CourseError, match="there is no sandbox level strict"):
        open_course(tmp_path)
