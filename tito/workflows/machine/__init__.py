"""What this machine has, and what holds on it."""
