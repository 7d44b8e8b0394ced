"""Improvements are not computed anew.

score: 80
lost: {test-submission-schema: failed, test-json-serialization: failed}
"""


def check_submission(submission):
    problems = [f"{each} is missing" for each in ("format", "student_name", "system", "baseline") if each not in submission]
    if submission.get("format", FORMAT) != FORMAT:
        problems.append("the format is another")
    for name in ("baseline", "optimized"):
        if name in submission:
            problems += check_part(name, submission[name])
    if ("optimized" in submission) != ("improvements" in submission):
        problems.append("optimized and improvements belong together")
    return problems
