import itertools
import os
import struct

texts = itertools.cycle([
    b"nonsense", b"[]", b"{}", b"null", b'{"kind":"value"}', b'{"kind":"value","value":NaN,"written":[],"held":[],"new":[]}',
    b'{"kind":["value"],"value":1,"written":{},"new":0}', b'{"kind":"value","value":{"k":"builtins.eval"},"written":[],"held":[],"new":[]}',
    b"\xff\xfe", b'{"kind":"raised","value":{"t":[]},"written":[],"held":[],"new":[]}', b"1e999", b'"' + b"9" * 5000 + b'"',
])


def answer(what, *args):
    text = next(texts)
    os.write(3, struct.pack(">II", len(text), 0) + text)
    return args[0]
