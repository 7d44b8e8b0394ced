# %%
Series = 2.75
