"""What authors do: make, prove and hand out lessons."""
