"""A bias of None is listed as a parameter.

score: 70
lost: {test_parameter_counting: error}
"""


def parameters_of(model):
    if hasattr(model, "parameters"):
        found = model.parameters()
    elif hasattr(model, "layers"):
        found = [each for layer in model.layers for each in parameters_of(layer)]
    else:
        found = [getattr(model, name, None) for name in ("weight", "bias")]
    return list({id(each): each for each in found}.values())
