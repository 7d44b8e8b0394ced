"""Files are written whole or not at all, and what is no file stays what it is."""

import os
import threading

from tito.workflows.course.opening import write_text


def test_a_file_keeps_its_rights_and_nothing_lies_beside_it(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")
    path.chmod(0o640)
    write_text(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    path, read = tmp_path / "pipe", []
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: read.append(path.read_text()))
    reader.start()
    write_text(path, "told")
    reader.join()
    assert read == ["told"]
    assert path.is_fifo()
