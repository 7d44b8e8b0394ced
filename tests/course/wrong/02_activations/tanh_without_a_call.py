"""Tanh cannot be called.

score: 40
lost: {test-tanh: error, module-test: failed}
"""

del Tanh.__call__
