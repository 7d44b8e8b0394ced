"""Grades become text for people and programs."""
