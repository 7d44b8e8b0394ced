"""All data come from seed 42.

score: 90
lost: {test-tinymlperf: failed}
"""


class TinyMLPerf:
    def load(self, task):
        if task not in TASKS:
            raise ValueError(task)
        return task_data(task, 42)
