"""Faults are written, too.

score: 90
lost: {test-json-serialization: failed}
"""


def save_submission(submission, path):
    Path(path).write_text(to_json(submission), "utf-8")
    return str(path)
