"""The words of the design as frozen dataclasses; every other station takes and returns them."""
