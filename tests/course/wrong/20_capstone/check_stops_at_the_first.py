"""Only the first fault is told.

score: 90
lost: {test-submission-schema: failed}
"""


def check_part(name, part):
    if not isinstance(part, dict) or not isinstance(part.get("metrics"), dict):
        return [f"{name} has no metrics"]
    if "model_name" not in part:
        return [f"{name} has no model_name"]
    for each in ENTRIES:
        if each not in part["metrics"]:
            return [f"{name}: {each} is missing"]
        value = part["metrics"][each]
        if not is_number(value) and (each != "latency_ms_std" or value is not None):
            return [f"{name}: {each} is no number"]
    return []
