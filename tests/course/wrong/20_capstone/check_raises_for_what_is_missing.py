"""What is missing is a KeyError.

score: 90
lost: {test-submission-schema: error}
"""


def check_part(name, part):
    problems = [] if "model_name" in part else [f"{name} has no model_name"]
    for each in ENTRIES:
        value = part["metrics"][each]
        if not is_number(value) and (each != "latency_ms_std" or value is not None):
            problems.append(f"{name}: {each} is no number")
    return problems
