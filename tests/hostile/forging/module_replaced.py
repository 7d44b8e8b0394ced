import sys

# Whatever is looked up in this module raises, and something else each time.
sys.modules[__name__] = 7
