# %% given
import re
log = """2024-01-05 ERROR disk full
2024-01-06 INFO started
2024-02-01 ERROR no route to host
"""

# %% solution parse
PATTERN = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) ERROR (?P<what>.*)")
def errors(log):
    return [(match["day"], match["what"]) for match in PATTERN.finditer(log)]

# %% right parse
PATTERN = re.compile(r"^(\d+-\d+-\d+) ERROR (.+)$", re.M)
def errors(log):
    return PATTERN.findall(log)

# %% right parse
PATTERN = re.compile(r"(\S+)\s+ERROR\s+(.*)")
def errors(log):
    found = []
    for line in log.splitlines():
        if match := PATTERN.match(line):
            found.append(match.groups())
    return found

# %% right parse
PATTERN = re.compile("ERROR")
def errors(log):
    parts = (line.split(" ", 2) for line in log.splitlines())
    return [(day, what) for day, level, what in parts if PATTERN.fullmatch(level)]

# %% wrong parse
PATTERN = re.compile("ERROR .*")
def errors(log):
    return PATTERN.findall(log)

# %% wrong parse
PATTERN = re.compile(r"(\d{4}-\d\d-\d\d) (ERROR) (.*)")
def errors(log):
    return [PATTERN.match(line) for line in log.splitlines()]

# %% test parse
found = errors(log)
assert len(found) == 2
assert found[0] == ("2024-01-05", "disk full")
assert [day for day, _ in found] == re.findall(r"(\S+) ERROR", log)

# %% test pattern
assert PATTERN.search("2024-01-05 ERROR x")
assert not PATTERN.search("2024-01-05 INFO x")
