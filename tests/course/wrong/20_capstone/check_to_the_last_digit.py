"""Improvements must be equal to the last digit.

score: 90
lost: {test-submission-schema: failed}
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
    if problems or "optimized" not in submission:
        return problems
    told = submission["improvements"]
    if not isinstance(told, dict):
        return ["improvements is no dict"]
    right = improvements(submission["baseline"]["metrics"], submission["optimized"]["metrics"])
    return [f"{name} does not follow" for name in right if not is_number(told.get(name)) or told[name] != right[name]]
