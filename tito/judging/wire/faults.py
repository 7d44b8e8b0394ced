"""What is raised where a rule of the wire is broken."""


class WireError(Exception):
    """A frame, or a value for one, breaks a rule of the wire."""
