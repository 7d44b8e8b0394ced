"""Only models with a method parameters have any.

score: 70
lost: {test_parameter_counting: failed}
"""


def parameters_of(model):
    found = model.parameters() if hasattr(model, "parameters") else []
    return list({id(each): each for each in found}.values())
