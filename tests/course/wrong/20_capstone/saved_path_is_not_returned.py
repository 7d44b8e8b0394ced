"""Nothing is returned.

score: 90
lost: {test-json-serialization: failed}
"""


def save_submission(submission, path):
    if problems := check_submission(submission):
        raise ValueError("; ".join(problems))
    Path(path).write_text(to_json(submission), "utf-8")
