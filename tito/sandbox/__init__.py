"""Confine the calling process: limits and, later, Landlock and seccomp. Knows no grading."""
