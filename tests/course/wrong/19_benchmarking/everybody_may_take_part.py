"""The accuracy that is needed is not asked for.

score: 75
lost: {test-benchmark-suite: failed, test-module: failed}
"""


def rank(rows, event, min_accuracy=0.85):
    if event is OlympicEvent.ACCURACY_CONTEST:
        return sorted(rows, key=lambda row: -row["accuracy"])
    if event is not OlympicEvent.ALL_AROUND:
        return sorted(rows, key=lambda row: row[event.value])
    quick, small = (places([row[name] for row in rows]) for name in ("latency_ms", "peak_memory_mb"))
    right = places([-row["accuracy"] for row in rows])
    return [rows[i] for i in sorted(range(len(rows)), key=lambda i: quick[i] + small[i] + right[i])]
