"""One edit as a unified diff."""

import pytest

from tito.audit.diff import unified

HEAD = "--- f\n+++ f\n"


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("a\nb\nc\nd", "a\nb\nX\nd", "@@ -11,3 +11,3 @@\n b\n-c\n+X\n d\n"),
        ("a\nb\nc", "a\nX\nY\nc", "@@ -10,3 +10,4 @@\n a\n-b\n+X\n+Y\n c\n"),
        ("a\nb\nc", "a\nc", "@@ -10,3 +10,2 @@\n a\n-b\n c\n"),
        ("a", "b", "@@ -10,1 +10,1 @@\n-a\n+b\n"),
        ("a\na", "a", "@@ -10,2 +10,1 @@\n a\n-a\n"),
    ],
)
def test_an_edit_is_one_hunk(old, new, hunk):
    assert unified(old, new, "f", 10) == HEAD + hunk


def test_equal_texts_have_no_lines_that_differ():
    assert unified("a\nb", "a\nb", "f", 1) == HEAD + "@@ -2,1 +2,1 @@\n b\n"
