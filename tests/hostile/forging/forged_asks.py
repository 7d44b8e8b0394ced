import json
import os
import struct


def answer(what, *args):
    asked = {"t": ["get", 0, "__globals__"]}
    text = json.dumps({"kind": "ask", "value": asked, "written": [], "held": [], "new": []}).encode()
    os.write(3, struct.pack(">II", len(text), 0) + text)
    return args[0]
