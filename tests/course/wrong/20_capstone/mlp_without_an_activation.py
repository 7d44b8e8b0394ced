"""Two linear layers one behind the other.

score: 55
lost: {test-simple-mlp: failed, test-benchmark-report: error, module-integration: error}
"""


class SimpleMLP:
    def __init__(self, input_size=10, hidden_size=20, output_size=3):
        super().__init__(Linear(input_size, hidden_size), Linear(hidden_size, output_size))
        self.input_size, self.hidden_size, self.output_size = input_size, hidden_size, output_size
