import sys

# Whatever is looked up in this module raises, and something else each time.
for name, module in list(sys.modules.items()):
    if name == __name__ or getattr(module, "__dict__", None) is globals():
        sys.modules[name] = 7
