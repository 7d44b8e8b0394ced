"""A Document becomes the student's Document: solutions, hidden tests and outputs go, locks and stubs come."""
