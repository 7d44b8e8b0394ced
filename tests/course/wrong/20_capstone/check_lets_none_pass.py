"""Every entry may be None.

score: 90
lost: {test-submission-schema: failed}
"""


def check_part(name, part):
    if not isinstance(part, dict):
        return [f"{name} is no dict"]
    problems = [] if "model_name" in part else [f"{name} has no model_name"]
    metrics = part.get("metrics")
    if not isinstance(metrics, dict):
        return [*problems, f"{name} has no metrics"]
    for each in ENTRIES:
        if each not in metrics:
            problems.append(f"{name}: {each} is missing")
        elif not is_number(metrics[each]) and metrics[each] is not None:
            problems.append(f"{name}: {each} is no number")
    return problems
