"""What the gradebook keeps, and what people decide on it."""
