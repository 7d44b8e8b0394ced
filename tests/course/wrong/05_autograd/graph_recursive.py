"""The graph is walked by a function that calls itself.

score: 40
lost:
  test-tensor-autograd: error
"""


def graph_order(result):
    order, seen = [], set()

    def visit(tensor):
        if id(tensor) not in seen:
            seen.add(id(tensor))
            for each in tensor.grad_fn.inputs if tensor.grad_fn else ():
                visit(each)
            order.append(tensor)

    visit(result)
    return order[::-1]
