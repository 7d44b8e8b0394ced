"""tito: an autograding toolchain for Python courses."""
