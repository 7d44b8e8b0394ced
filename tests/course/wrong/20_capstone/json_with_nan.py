"""NaN is written.

score: 90
lost: {test-json-serialization: failed}
"""


def to_json(submission):
    return json.dumps(submission, indent=2, sort_keys=True)
