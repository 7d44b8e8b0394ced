"""The file is there before the faults are found.

score: 90
lost: {test-json-serialization: failed}
"""


def save_submission(submission, path):
    Path(path).write_text(to_json(submission), "utf-8")
    if problems := check_submission(submission):
        raise ValueError("; ".join(problems))
    return str(path)
