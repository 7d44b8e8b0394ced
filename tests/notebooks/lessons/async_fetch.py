# %% given
import asyncio
pages = {"a": "alpha", "b": "beta"}
async def get(name):
    await asyncio.sleep(0)
    return pages[name]

# %% solution fetch
async def fetch_all(names):
    return list(await asyncio.gather(*(get(name) for name in names)))

# %% right fetch
async def fetch_all(names):
    found = []
    for name in names:
        found.append(await get(name))
    return found

# %% right fetch
async def fetch_all(names):
    tasks = [asyncio.create_task(get(name)) for name in names]
    return [await task for task in tasks]

# %% right fetch
async def fetch_all(names):
    async def each():
        for name in names:
            yield await get(name)
    return [page async for page in each()]

# %% wrong fetch
async def fetch_all(names):
    return [get(name) for name in names][:0]

# %% wrong fetch
def fetch_all(names):
    return [pages[name] for name in names]

# %% solution top
answer = await fetch_all(["b"])

# %% wrong top
answer = "beta"

# %% test fetch
async def both():
    return await fetch_all(["a", "b"])
result = await both()
assert result == ["alpha", "beta"]

# %% test top
assert answer == ["beta"]
assert await fetch_all([]) == []
