"""Run locked tests on submissions: the judge (pytest, proxies) and the subject (the student's code)."""
