"""Run locked tests on submissions: `judge` decides, `subject` runs the student's code, `wire` lies between them."""
