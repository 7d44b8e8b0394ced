"""What is asked of the kernel for each of Landlock's ABIs, by a kernel that only takes it down."""

import struct

import pytest

from tito.sandbox import landlock

# Of <linux/landlock.h>: which ABI knows how many rights to files.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16, 7: 16, 8: 16, 9: 17}


@pytest.fixture
def asked(monkeypatch):
    calls = []

    def take_down(name, *arguments):
        calls.append((name, *arguments))
        return 99

    monkeypatch.setattr(landlock, "syscall", take_down)
    monkeypatch.setattr(landlock.os, "close", lambda _: None)
    return calls


@pytest.mark.parametrize("abi", RIGHTS)
def test_all_that_an_abi_knows_is_handled(asked, abi):
    landlock.everything(abi)
    ((_, attributes, size, flags),) = asked
    fields = struct.unpack(f"{size // 8}Q", attributes)
    network, scopes = [0b11] * (abi >= 4), [0b11] * (abi >= 6)
    assert fields == ((1 << RIGHTS[abi]) - 1, *network, *scopes)
    assert flags == 0


@pytest.mark.parametrize("abi", RIGHTS)
def test_no_rule_names_a_right_that_its_abi_lacks_or_to_reach_a_socket(asked, abi, tmp_path, monkeypatch):
    monkeypatch.setattr(landlock.os, "close", lambda _: None)
    for rights in (landlock.SCRATCH, landlock.READ, landlock.DEVICE, landlock.READ | landlock.REFER):
        landlock.allow(3, str(tmp_path), rights, abi)
    named = [struct.unpack("=Qi", call[3])[0] for call in asked]
    assert all(each < 1 << min(RIGHTS[abi], 16) for each in named)


@pytest.mark.parametrize(("abi", "flags"), [(1, 0), (6, 0), (7, 1), (9, 1)])
def test_what_is_refused_fills_no_log_where_the_abi_knows_how(asked, abi, flags):
    landlock.restrict(5, abi)
    assert asked == [("landlock_restrict_self", 5, flags)]


def test_the_newest_abi_is_the_last_that_is_handled():
    assert max(RIGHTS) == landlock.NEWEST
