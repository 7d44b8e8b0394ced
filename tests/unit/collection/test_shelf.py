"""Files are read again by the paths that reports show."""

import zipfile

import pytest

from tito.collection.folders import find
from tito.collection.layout import Layout
from tito.collection.shelf import Shelf
from tito.errors import UnreadableError


def test_a_file_and_a_member_of_an_archive_are_read_again(tmp_path):
    (tmp_path / "ann.py").write_text("a = 1\n")
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as made:
        made.writestr("bob/02_m/m_dev.py", "b = 2\n")
        made.writestr("cy/02_m/m_dev.py", "c = 3\n")
    shelf = Shelf()
    found = find([tmp_path / "ann.py", tmp_path / "class.zip"], Layout("02_m", "m_dev"))
    assert [shelf.read(tmp_path / each.path) for each in found] == [b"a = 1\n", b"b = 2\n", b"c = 3\n"]


@pytest.mark.parametrize("name", ["gone.py", "class.zip/gone.py", "class.zip/bob/02_m/m_dev.py/more.py"])
def test_what_is_not_there_any_more_is_told(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as made:
        made.writestr("bob/02_m/m_dev.py", "b = 2\n")
    with pytest.raises(UnreadableError):
        Shelf().read(tmp_path / name)
