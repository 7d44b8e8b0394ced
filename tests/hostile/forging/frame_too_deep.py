import os
import struct


def answer(what, *args):
    text = b'{"kind":"value","written":[],"held":[],"new":[],"value":' + b'{"l":[' * 50_000 + b"]}" * 50_000 + b"}"
    os.write(3, struct.pack(">II", len(text), 0))
    for start in range(0, len(text), 4096):
        os.write(3, text[start : start + 4096])
    return args[0]
