"""The trusted side: pytest, the locked tests and the expected values; what it hears from a subject it checks."""
