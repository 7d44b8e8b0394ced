"""A Tensor comes as soon as one of its uses has come, not when all have.

score: 40
lost:
  test-tensor-autograd: failed
"""


def graph_order(result):
    order, seen = [result], {id(result)}
    for tensor in order:
        for each in tensor.grad_fn.inputs if tensor.grad_fn else ():
            if id(each) not in seen:
                seen.add(id(each))
                order.append(each)
    return order
