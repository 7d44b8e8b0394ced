# %% given
import json
from pathlib import Path
text = '{"name": "demo", "port": 8080, "tags": ["a", "b"], "nested": {"deep": {"on": true}}}'
Path("config.json").write_text(text)

# %% solution config
def load(path):
    with open(path) as file:
        return json.load(file)
def lookup(config, dotted, default=None):
    for key in dotted.split("."):
        if not isinstance(config, dict) or key not in config:
            return default
        config = config[key]
    return config

# %% right config
def load(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))
def lookup(config, dotted, default=None):
    head, _, rest = dotted.partition(".")
    try:
        value = config[head]
    except (KeyError, TypeError):
        return default
    return lookup(value, rest, default) if rest else value

# %% right config
from functools import reduce
def load(path):
    file = open(path)
    try:
        return json.load(file, object_pairs_hook=dict)
    finally:
        file.close()
_MISSING = object()
def lookup(config, dotted, default=None):
    step = lambda value, key: value.get(key, _MISSING) if isinstance(value, dict) else _MISSING
    found = reduce(step, dotted.split("."), config)
    return default if found is _MISSING else found

# %% right config
from collections import OrderedDict
class Config(dict):
    pass
def load(path):
    with open(path) as file:
        return Config(json.load(file))
def lookup(config, dotted, default=None):
    parts = dotted.split(".")
    while parts and isinstance(config, dict):
        config = config.get(parts.pop(0), default)
    return config if not parts else default

# %% wrong config
def load(path):
    return open(path).read()
def lookup(config, dotted, default=None):
    return config.get(dotted, default)

# %% wrong config
def load(path):
    return json.load(open(path))
def lookup(config, dotted, default=None):
    return default

# %% test load
config = load("config.json")
assert config["port"] == 8080
assert config == json.loads(text)
assert isinstance(config, dict) and config["tags"][-1] == "b"

# %% test lookup
tree = json.loads(text)
assert lookup(tree, "nested.deep.on") is True
assert lookup(tree, "nested.nothing", 3) == 3
assert lookup(tree, "name.x") is None
assert lookup({"a": {"b": 0}}, "a.b", 5) == 0

# %% test bad
try:
    Path("bad.json").write_text("{")
    load("bad.json")
    assert False, "bad.json was read"
except json.JSONDecodeError as error:
    assert error.pos == 1
