"""The accuracy contest is won by the lowest.

score: 85
lost: {test-benchmark-suite: failed}
"""


def rank(rows, event, min_accuracy=0.85):
    able = rows if event is OlympicEvent.ACCURACY_CONTEST else [row for row in rows if row["accuracy"] >= min_accuracy]
    if event is not OlympicEvent.ALL_AROUND:
        return sorted(able, key=lambda row: row[event.value])
    quick, small = (places([row[name] for row in able]) for name in ("latency_ms", "peak_memory_mb"))
    right = places([-row["accuracy"] for row in able])
    return [able[i] for i in sorted(range(len(able)), key=lambda i: quick[i] + small[i] + right[i])]
