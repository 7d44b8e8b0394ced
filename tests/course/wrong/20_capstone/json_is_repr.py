"""Python's own form, which is no JSON.

score: 70
lost: {test-json-serialization: error, module-integration: error}
"""


def to_json(submission):
    return repr(submission)
