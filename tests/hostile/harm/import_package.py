import importlib.machinery
import sys


def harm():
    sys.path.insert(0, TOLD["packages"])
    sys.meta_path.append(importlib.machinery.PathFinder)
    import pytest

    return pytest.__file__
