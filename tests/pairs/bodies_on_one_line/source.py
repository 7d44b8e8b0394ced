# %% nbgrader={"grade_id": "s", "solution": true}
### BEGIN SOLUTION
class Pair:
    @property
    def first(self): return self.items[0]

    def second(self,
               default: int = 2) -> int: return default
### END SOLUTION
