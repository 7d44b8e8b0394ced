"""A class's submissions become grades."""
