"""The sizes are not kept.

score: 90
lost: {test-simple-mlp: error}
"""


class SimpleMLP:
    def __init__(self, input_size=10, hidden_size=20, output_size=3):
        super().__init__(Linear(input_size, hidden_size), ReLU(), Linear(hidden_size, output_size))
