import json
import os
import struct

told = {"number": 900, "name": "float", "bases": [], "methods": ["__class__", "__reduce__", "__instancecheck__"],
        "special": ["__eq__", "__del__", "__getattribute__"], "error": None, "ufunc": True}


def answer(what, *args):
    new = [told, told | {"number": 901, "bases": [900, 901]}, told | {"number": 902, "error": "SystemExit"}]
    tree = {"kind": "value", "value": {"h": [1, 900]}, "written": [], "held": [], "new": new}
    text = json.dumps(tree).encode()
    os.write(3, struct.pack(">II", len(text), 0) + text)
    return args[0]
