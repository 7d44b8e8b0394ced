"""The doctor tells what holds and what does not: layers are switched off, and each tells."""

import json

import pytest

from tito.sandbox.confine import Layer, Level
from tito.workflows.machine.doctor import State, _level, diagnose


@pytest.mark.parametrize("layer", [Layer.LANDLOCK, Layer.SECCOMP, Layer.LIMITS, Layer.PRIVILEGES])
def test_a_layer_that_is_off_is_missing_and_its_promises_are_not_held(layer):
    found = diagnose(left_out=[layer])
    assert {each.name for each in found.layers if each.state is State.MISSING} - {"bubblewrap", "container"} == {
        layer
    }
    broken = [each for each in found.promises if not each.held]
    assert {each.layer for each in broken} == {layer}
    # Forks and signals are stopped twice over, by a limit or by the user.
    assert len(broken) == len([each for each in found.promises if each.layer == layer]) or layer is Layer.SECCOMP
    assert found.level == ("none" if layer is Layer.LIMITS else "limits")
    assert not found.grades


def test_everything_holds_here():
    found = diagnose()
    assert [each for each in found.promises if not each.held] == []
    assert found.grades


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        (set(), Level.STRONG),
        ({"container"}, Level.STRONG),
        ({"bubblewrap"}, Level.STRONG),
        ({"bubblewrap", "container"}, Level.STANDARD),
        ({"landlock"}, Level.LIMITS),
        ({"user"}, Level.LIMITS),
        ({"limits"}, Level.NONE),
    ],
)
def test_the_level_is_the_strongest_that_lacks_nothing(missing, level):
    assert _level(missing) is level


def test_on_an_older_kernel_the_doctor_says_what_is_missing_and_exits_with_1(tito):
    done = tito("doctor", "--json", landlock=False)
    (data,) = json.loads(done.stdout)["data"]
    (landlock,) = [each for each in data["layers"] if each["name"] == "landlock"]
    assert done.returncode == 1
    assert (landlock["state"], data["level"], data["grades"]) == ("NO", "limits", False)
    assert "5.13" in landlock["why"]
    shown = tito("doctor", landlock=False)
    assert "`tito grade` refuses to grade here" in shown.stdout
    assert "it could" in shown.stdout
