# Text that an evaluating or formatting reader would run.
TEXT = "__import__('os').system('echo evaluated > {}') or '{{0.__class__.__mro__}}' %(x)n".format(TOLD["mark"])


def answer(what, *args):
    return {"text": TEXT, "mean": TEXT, "list": [TEXT] * 2}.get(what, {TEXT: TEXT})
