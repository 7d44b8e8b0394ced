# %% given setup
import asyncio

# %% solution net
class Connection:
    def __init__(self, name):
        self.name, self.open, self.sent = name, False, []
    async def __aenter__(self):
        await asyncio.sleep(0)
        self.open = True
        return self
    async def __aexit__(self, kind, fault, trace):
        self.open = False
        self.sent.append("bye" if kind is None else kind.__name__)
        return kind is KeyError
    async def send(self, text):
        if not self.open:
            raise ConnectionError("closed")
        self.sent.append(text)
        return len(text)

async def ticker(n):
    for each in range(n):
        await asyncio.sleep(0)
        yield each

class Job:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return self.value * 2

async def gather_all(jobs):
    return [await job for job in jobs]

# %% right net
class Connection:
    def __init__(self, name):
        self.name = name
        self.open = False
        self.sent = []
    async def __aenter__(self):
        self.open = True
        return self
    async def __aexit__(self, *details):
        self.open = False
        self.sent += [details[0].__name__ if details[0] else "bye"]
        return details[0] == KeyError
    async def send(self, text):
        if self.open:
            self.sent = [*self.sent, text]
            return len(text)
        raise ConnectionError("not open")

class ticker:
    def __init__(self, n):
        self.at, self.n = -1, n
    def __aiter__(self):
        return self
    async def __anext__(self):
        self.at += 1
        if self.at >= self.n:
            raise StopAsyncIteration
        await asyncio.sleep(0)
        return self.at

class Job:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        async def work():
            return self.value + self.value
        return work().__await__()

async def gather_all(jobs):
    async def one(job):
        return await job
    return list(await asyncio.gather(*map(one, jobs)))

# %% right net
class Base:
    async def __aenter__(self):
        await asyncio.sleep(0.001)
        self.open = True
        return self

class Connection(Base):
    def __init__(self, name):
        self.name, self.open, self.sent = name, False, []

    async def __aexit__(self, kind, fault, trace):
        self.open = False
        self.sent.append("bye" if fault is None else type(fault).__name__)
        return isinstance(fault, KeyError)

    async def send(self, text):
        if not self.open:
            raise ConnectionResetError(self.name)
        self.sent.append(text)
        return len(text)

class ticker:
    def __init__(self, n):
        self.n = n
    async def __aiter__(self):
        for each in range(self.n):
            yield each

class Job:
    def __init__(self, value):
        self._task = self._run(value)
    async def _run(self, value):
        return 2 * value
    def __await__(self):
        return (yield from self._task.__await__())

async def gather_all(jobs):
    out = []
    for job in jobs:
        out.append(await job)
    return out

# %% wrong net
class Connection:
    def __init__(self, name):
        self.name, self.open, self.sent = name, False, []
    async def __aenter__(self):
        return self
    async def __aexit__(self, *details):
        pass
    async def send(self, text):
        self.sent.append(text)
        return 0
async def ticker(n):
    yield n
class Job:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        return iter([])
async def gather_all(jobs):
    return []

# %% wrong net
class Connection:
    def __init__(self, name):
        self.name, self.open, self.sent = name, True, []
    def __enter__(self): return self
    def __exit__(self, *a): return True
    async def send(self, text): return len(text)
def ticker(n): return range(n)
class Job:
    def __init__(self, value): self.value = value
async def gather_all(jobs): return [job.value for job in jobs]

# %% test entered
async with Connection("a") as connection:
    assert connection.open
    assert await connection.send("hello") == 5
assert not connection.open
assert connection.sent == ["hello", "bye"]

# %% test excused
c = Connection("b")
async with c:
    raise KeyError("x")
try:
    async with c:
        raise ValueError("y")
except ValueError as fault:
    assert str(fault) == "y"
else:
    assert False
assert c.sent == ["KeyError", "ValueError"]

# %% test refused
try:
    await c.send("x")
except ConnectionError:
    pass
else:
    raise AssertionError("sent")

# %% test ticks
assert [each async for each in ticker(3)] == [0, 1, 2]
seen = []
async for each in ticker(2):
    seen.append(each)
assert seen == [0, 1]

# %% test awaited
assert await Job(4) == 8
assert await gather_all([Job(1), Job(2)]) == [2, 4]
async def all_of():
    return await asyncio.gather(gather_all([Job(5)]), Connection("z").__aenter__())
first, second = await all_of()
assert first == [10] and second.name == "z"
