"""What a zygote rehearses is a conversation as subjects have it, and leaves nothing behind."""

import sys

from tito.judging.subject.rehearsal import rehearse


def test_every_request_is_answered():
    assert {*rehearse()} == {"value"}


def test_nothing_of_it_stays():
    before = {*sys.modules}
    rehearse()
    assert {*sys.modules} <= before


def test_subjects_begin_as_without_it(zygote, subject):
    zygote.rehearse()
    session = subject("import sys\ndef names(): return sorted(name for name in sys.modules if 'rehearsed' in name)")
    assert session.failed == []
    assert session.find("work", "names")() == []
