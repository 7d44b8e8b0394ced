"""What JSON does not know is turned into text.

score: 90
lost: {test-json-serialization: failed}
"""


def to_json(submission):
    return json.dumps(submission, indent=2, sort_keys=True, allow_nan=False, default=str)
