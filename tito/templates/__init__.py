"""Files that `tito init` starts a course with; `$name` and `$package` stand for the course's own."""
