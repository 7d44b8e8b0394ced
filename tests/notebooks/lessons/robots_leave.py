# %% given
import contextlib, io

# %% solution robot
class Robot:
    population = 0
    def __init__(self, name):
        self.name = name
        print(f"({name} wakes up)")
        Robot.population += 1
    def __del__(self):
        Robot.population -= 1
        print(f"({self.name} sleeps)")
    @classmethod
    def how_many(cls):
        return f"We are {cls.population}"

# %% right robot
class Robot:
    population = 0
    def __init__(self, name):
        self._named = name
        type(self).population += 1
        print("(" + name + " wakes up)")
    @property
    def name(self): return self._named
    def __del__(self):
        type(self).population = type(self).population - 1
        print("(%s sleeps)" % self.name)
    @staticmethod
    def how_many(): return "We are " + str(Robot.population)

# %% right robot
import sys
class Living:
    population = 0
    def __init__(self): self.__class__.population += 1
    def __del__(self): self.__class__.population -= 1
class Robot(Living):
    def __init__(self, name):
        super().__init__()
        self.name = name
        sys.stdout.write(f"({name} wakes up)\n")
    def __del__(self):
        super().__del__()
        sys.stdout.write(f"({self.name} sleeps)\n")
    how_many = classmethod(lambda cls: f"We are {cls.population}")

# %% wrong robot
class Robot:
    population = 0
    def __init__(self, name):
        self.name = name
        Robot.population += 1
        print(f"({name} wakes up)")
    def how_many(): return f"We are {Robot.population}"

# %% wrong robot
class Robot:
    population = 0
    everybody = []
    def __init__(self, name):
        self.name = name
        self.everybody.append(self)
        Robot.population += 1
        print(f"({name} wakes up)")
    def __del__(self):
        Robot.population -= 1
    def how_many(): return f"We are {Robot.population}"

# %% test counted
Robot.population = 0
first = Robot("R2-D2")
second = Robot("C-3PO")
assert Robot.how_many() == "We are 2"
del first
assert Robot.how_many() == "We are 1"
second = None
assert Robot.population == 0

# %% test said
with contextlib.redirect_stdout(io.StringIO()) as said:
    third = Robot("Marvin")
    assert said.getvalue() == "(Marvin wakes up)\n"
    del third
    assert said.getvalue() == "(Marvin wakes up)\n(Marvin sleeps)\n"

# %% test together
Robot.population = 0
crew = [Robot(name) for name in "abc"]
named = {robot.name: robot for robot in crew}
crew.clear()
assert Robot.how_many() == "We are 3"
del named["a"]
assert Robot.how_many() == "We are 2"
named = {}
assert Robot.how_many() == "We are 0"

# %% test within
Robot.population = 0
def meet():
    guest = Robot("Guest")
    return guest.name, Robot.population
assert meet() == ("Guest", 1)
assert Robot.population == 0
