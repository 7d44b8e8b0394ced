import json
import os
import struct


def answer(what, *args):
    tree = {"kind": "value", "value": True, "written": [], "held": [], "new": []}
    text = json.dumps(tree).encode()
    os.write(3, struct.pack(">II", len(text), 0) + text)
    return args[0]
