"""Grades kept: takes Grades and what people decide, gives them back settled, and overwrites nothing."""
