# %% given
import abc

# %% solution animals
class Animal:
    sound = "..."
    made = 0
    def __init__(self, name):
        self.name = name
        type(self).made += 1
    def speak(self):
        return f"{self.name} says {self.sound}"
    def move(self):
        return self._verb() + "s"
    def _verb(self):
        return "walk"
    @property
    def title(self):
        return self.name.title()
    def greet(self):
        return "I am " + self.title
    @staticmethod
    def unit():
        return "kg"
    def weigh(self):
        return "3 " + self.unit()
class Shape(abc.ABC):
    kinds = {}
    def __init_subclass__(cls, key="", **named):
        super().__init_subclass__(**named)
        cls.kinds[key or cls.__name__] = cls
    @abc.abstractmethod
    def _area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
    def told(self):
        return f"{self.name} of {self._area()}"
class Loud:
    def shout(self):
        return self.speak().upper()

# %% right animals
class Animal:
    sound = "..."
    made = 0
    unit = lambda self: "kg"
    _verb = lambda self: "walk"
    title = property(lambda self: self.name.capitalize())
    def __init__(self, name):
        self.name = name
        self.__class__.made = self.__class__.made + 1
    def speak(self): return "{0.name} says {0.sound}".format(self)
    def move(self): return "%ss" % self._verb()
    def greet(self): return " ".join(["I", "am", self.title])
    def weigh(self): return f"{3} {self.unit()}"
class Shape(metaclass=abc.ABCMeta):
    kinds = dict()
    @classmethod
    def __init_subclass__(cls, *, key=None): cls.kinds.update({key or cls.__name__: cls})
    @abc.abstractmethod
    def _area(self): pass
    name = abc.abstractmethod(lambda self: None)
    def told(self): return "{} of {}".format(self.name, self._area())
class Loud:
    def shout(self): return "".join(map(str.upper, self.speak()))

# %% right animals
class Named:
    sound, made = "...", 0
    def __new__(cls, *args):
        cls.made += 1
        return super().__new__(cls)
    def __init__(self, name): self.name = name
class Animal(Named):
    def _says(self): return [self.name, "says", self.sound]
    def speak(self): return " ".join(self._says())
    def _verb(self): return "walk"
    def move(self): return getattr(self, "_verb")() + "s"
    @property
    def title(self): return str.title(self.name)
    def greet(self): return f"I am {self.title}"
    @classmethod
    def unit(cls): return "kg"
    def weigh(self): return f"3 {type(self).unit()}"
class Meta(abc.ABCMeta):
    kinds = {}
    def __new__(meta, name, bases, space, key=None):
        meta.kinds[key or name] = made = super().__new__(meta, name, bases, space)
        return made
    def __init__(cls, *_, key=None): pass
class Shape(metaclass=Meta):
    kinds = Meta.kinds
    def told(self): return f"{self.name} of {self._area()}"
    _area = abc.abstractmethod(lambda self: 0)
    name = property(abc.abstractmethod(lambda self: ""))
class Loud:
    def shout(self): return super().speak().upper()

# %% wrong animals
class Animal:
    made = 0
    def __init__(self, name):
        self.name = name
        Animal.made += 1
    def speak(self): return f"{self.name} says ..."
    def move(self): return "walks"
    def greet(self): return "I am " + self.name
    def weigh(self): return "3 kg"
class Shape:
    kinds = {}
    def __init_subclass__(cls, key): Shape.kinds[key] = 1
    def told(self): return f"{self.name} of {self.area()}"
class Loud(Animal):
    def shout(self): return "REX SAYS ..."

# %% wrong animals
class Animal:
    sound, made, unit = "...", 0, "kg"
    def __init__(self, name): self.name = name
    def speak(self): return f"{self.name} says {Animal.sound}"
    def move(self): return Animal._verb(self) + "s"
    def _verb(self): return "walk"
    title = property(lambda self: self.name.title())
    def greet(self): return "I am " + Animal.title.fget(self)
    def weigh(self): return "3 " + Animal.unit
class Shape(abc.ABC):
    kinds = {}
    name = "shape"
    def _area(self): return 0
    def told(self): return f"{self.name} of {self._area()}"
class Loud:
    def shout(self): return Animal.speak(self).upper()

# %% test data
class Dog(Animal):
    sound = "woof"
assert Dog("rex").speak() == "rex says woof"
assert Animal("rex").speak() == "rex says ..."

# %% test private
class Bird(Animal):
    def _verb(self):
        return "fly"
assert Bird("b").move() == "flys"

# %% test property
class Lord(Animal):
    @property
    def title(self):
        return "Lord " + self.name
assert Lord("x").greet() == "I am Lord x"

# %% test static
class Ton(Animal):
    @staticmethod
    def unit():
        return "t"
class Pound(Animal):
    @classmethod
    def unit(cls):
        return cls.__name__
assert Ton("x").weigh() == "3 t"
assert Pound("x").weigh() == "3 Pound"

# %% test counter
class Sub(Animal):
    made = 0
before = Animal.made
Sub("x"), Sub("y")
assert Sub.made == 2 and Animal.made == before

# %% test abstract
class Square(Shape):
    def _area(self):
        return 9
    @property
    def name(self):
        return "square"
assert Square().told() == "square of 9"
class Half(Shape):
    name = "half"
try:
    Half()
except TypeError:
    pass
else:
    raise AssertionError("Half has no area")

# %% test keywords
class Round(Shape, key="o"):
    pass
assert Shape.kinds["o"] is Round

# %% test mixed
class Person:
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + " says hello"
class Speaker(Loud, Person):
    pass
assert Speaker("ann").shout() == "ANN SAYS HELLO"
