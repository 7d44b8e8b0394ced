# %% given
log_lines = ["INFO a 10", "ERROR b 20", "ERROR a 5", "WARN c 1"]

# %% solution pipeline
def parse(lines):
    for line in lines:
        level, who, size = line.split()
        yield {"level": level, "who": who, "size": int(size)}
def only(records, level):
    return (record for record in records if record["level"] == level)
def total(records):
    return sum(record["size"] for record in records)

# %% right pipeline
def parse(lines):
    return [dict(zip(("level", "who", "size"), (a, b, int(c)))) for a, b, c in map(str.split, lines)]
def only(records, level):
    return list(filter(lambda record: record["level"] == level, records))
def total(records):
    size = 0
    for record in records:
        size += record["size"]
    return size

# %% right pipeline
class parse:
    def __init__(self, lines):
        self.lines = list(lines)
    def __iter__(self):
        return self
    def __next__(self):
        if not self.lines:
            raise StopIteration
        level, who, size = self.lines.pop(0).split(" ")
        return dict(level=level, who=who, size=int(size))
def only(records, level):
    for record in records:
        if record["level"] == level:
            yield record
import functools
def total(records):
    return functools.reduce(lambda size, record: size + record["size"], records, 0)

# %% right pipeline
import re
PATTERN = re.compile(r"(?P<level>\w+) (?P<who>\w+) (?P<size>\d+)")
def parse(lines):
    for match in map(PATTERN.match, lines):
        found = match.groupdict()
        found["size"] = int(found["size"])
        yield found
def only(records, level):
    yield from [record for record in records if level in record.values()]
def total(records):
    return sum(map(lambda record: record.get("size"), records))

# %% wrong pipeline
def parse(lines):
    for line in lines:
        yield line.split()
def only(records, level):
    return records
def total(records):
    return len(list(records))

# %% wrong pipeline
def parse(lines):
    return {"level": "ERROR", "who": "b", "size": 20}
def only(records, level):
    return [records]
def total(records):
    return 25

# %% test parse
first = next(iter(parse(log_lines)))
assert first == {"level": "INFO", "who": "a", "size": 10}
assert len(list(parse(log_lines))) == 4

# %% test chain
assert total(only(parse(log_lines), "ERROR")) == 25
assert [record["who"] for record in only(parse(log_lines), "ERROR")] == ["b", "a"]
assert total(only(parse([]), "INFO")) == 0

# %% test lazy
assert total(record for record in [{"size": 1}, {"size": 2}]) == 3
