"""A submission and its check with arithmetic of their own, so that a wrong improvements is charged to that alone."""


def compared(before, after):
    return {
        "speedup": before["latency_ms_mean"] / after["latency_ms_mean"],
        "compression_ratio": before["model_size_mb"] / after["model_size_mb"],
        "accuracy_delta": after["accuracy"] - before["accuracy"],
    }


def generate_submission(baseline, optimized=None, student_name=None, techniques_applied=None):
    if optimized is None and techniques_applied:
        raise ValueError("techniques were applied, and there is no optimized model")
    submission = {
        "format": FORMAT,
        "student_name": student_name or "anonymous",
        "system": {"python": ".".join(map(str, sys.version_info[:2])), "numpy": np.__version__},
        "baseline": described(baseline),
    }
    if optimized is not None:
        submission["optimized"] = described(optimized)
        submission["techniques_applied"] = list(techniques_applied or [])
        submission["improvements"] = compared(baseline.metrics, optimized.metrics)
    return submission


def check_submission(submission):
    wanted = ("format", "student_name", "system", "baseline")
    problems = [f"{each} is missing" for each in wanted if each not in submission]
    if submission.get("format", FORMAT) != FORMAT:
        problems.append(f"the format is {submission['format']!r}, not {FORMAT!r}")
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
    right = compared(submission["baseline"]["metrics"], submission["optimized"]["metrics"])
    wrong = [name for name in right if not is_number(told.get(name)) or not np.isclose(told[name], right[name])]
    return [f"{name} is {told.get(name)}, and {right[name]} by the metrics" for name in wrong]
