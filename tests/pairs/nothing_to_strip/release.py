# %% [markdown]
# Text.

# %%
a = 1
