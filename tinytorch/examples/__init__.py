"""tinytorch.examples: what can be done with the parts that students build."""
