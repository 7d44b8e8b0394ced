"""One line, in the order of the dict.

score: 90
lost: {test-json-serialization: failed}
"""


def to_json(submission):
    return json.dumps(submission, allow_nan=False)
