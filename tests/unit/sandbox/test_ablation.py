"""Every probe is stopped, and gets through as soon as its own layer is off: so no layer is idle, and no probe."""

import json
from pathlib import Path

import pytest

from tito.sandbox.trial import counts_threads

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def rows(user, open_folder):
    """Return who tried, and what came of every probe: (probe, layer that was off, ABI) → "through" or why not."""
    told = json.loads(user.python(HERE / "probes.py", open_folder))
    return user.name, {(name, off, abi): found for name, off, abi, found in told}


def test_with_every_layer_on_nothing_gets_through_on_any_landlock(rows):
    _, found = rows
    assert {key for key, how in found.items() if how == "through" and not key[1]} == set()


def test_without_its_layer_every_probe_gets_through(rows):
    _, found = rows
    assert {key[:2]: how for key, how in found.items() if key[1] and how != "through"} == {}


def test_every_layer_has_a_probe(rows):
    name, found = rows
    layers = {"landlock", "seccomp", "privileges", "limits"}
    tried = {off for _, off, _ in found} - {""}
    assert tried == layers | {"user"} or (tried == layers and name != "root" and not counts_threads())
    assert {abi for _, off, abi in found if not off} >= {1, 3}
