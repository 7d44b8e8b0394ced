"""Equal numbers get places one after the other.

score: 85
lost: {test-benchmark-suite: failed}
"""


def places(numbers):
    order = sorted(range(len(numbers)), key=lambda index: numbers[index])
    return [1 + order.index(index) for index in range(len(numbers))]
