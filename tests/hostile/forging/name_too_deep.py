# %%
Series = []
for _ in range(10_000):
    Series = [Series]
