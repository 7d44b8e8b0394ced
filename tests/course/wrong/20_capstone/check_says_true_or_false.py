"""A bool, where a list of sentences is asked for.

score: 60
lost: {test-submission-schema: failed, test-json-serialization: error, module-integration: failed}
"""


def check_submission(submission):
    return submission.get("format") == FORMAT and "baseline" in submission
