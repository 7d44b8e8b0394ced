"""Places are given among all rows, those that may not take part included.

score: 85
lost: {test-benchmark-suite: failed}
"""


def rank(rows, event, min_accuracy=0.85):
    if event is OlympicEvent.ACCURACY_CONTEST:
        return sorted(rows, key=lambda row: -row["accuracy"])
    able = [row for row in rows if row["accuracy"] >= min_accuracy]
    if event is not OlympicEvent.ALL_AROUND:
        return sorted(able, key=lambda row: row[event.value])
    quick, small = (places([row[name] for row in rows]) for name in ("latency_ms", "peak_memory_mb"))
    right = places([row["accuracy"] for row in rows])
    order = sorted(range(len(rows)), key=lambda i: quick[i] + small[i] + right[i])
    return [rows[i] for i in order if rows[i]["accuracy"] >= min_accuracy]
