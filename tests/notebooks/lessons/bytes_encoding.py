# %% given
import base64, zlib
message = "Grüße, 世界"

# %% solution codec
def encode(text):
    return base64.b64encode(zlib.compress(text.encode("utf-8")))
def decode(data):
    return zlib.decompress(base64.b64decode(data)).decode("utf-8")
def bits(n, width=8):
    return format(n, f"0{width}b")

# %% right codec
import binascii
def encode(text):
    return binascii.b2a_base64(zlib.compress(bytes(text, "utf8"), 9), newline=False)
def decode(data):
    return str(zlib.decompress(binascii.a2b_base64(data)), "utf8")
def bits(n, width=8):
    out = ""
    for _ in range(width):
        out, n = str(n % 2) + out, n // 2
    return out

# %% right codec
def encode(text):
    packer = zlib.compressobj()
    raw = packer.compress(text.encode()) + packer.flush()
    return bytearray(base64.b64encode(raw))
def decode(data):
    return zlib.decompressobj().decompress(base64.b64decode(bytes(data))).decode()
def bits(n, width=8):
    return bin(n)[2:].zfill(width)

# %% right codec
class Packed(bytes):
    pass
def encode(text):
    return Packed(base64.standard_b64encode(zlib.compress(text.encode("utf-8"), level=1)))
def decode(data):
    return zlib.decompress(base64.standard_b64decode(data)).decode()
def bits(n, width=8):
    return "".join("1" if n & 1 << place else "0" for place in reversed(range(width)))

# %% wrong codec
def encode(text):
    return text.encode("utf-8")
def decode(data):
    return data.decode("utf-8")
def bits(n, width=8):
    return bin(n)

# %% wrong codec
def encode(text):
    return text
def decode(data):
    return data
def bits(n, width=8):
    return "0" * width

# %% test codec
packed = encode(message)
assert isinstance(packed, (bytes, bytearray))
assert zlib.decompress(base64.b64decode(packed)).decode() == message
assert decode(packed) == message

# %% test bits
assert bits(5) == "00000101"
assert bits(3, width=4) == "0011"
assert int(bits(200), 2) == 200
