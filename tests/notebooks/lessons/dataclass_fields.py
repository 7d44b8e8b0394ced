# %% given
import dataclasses
import inspect

# %% solution person
from dataclasses import dataclass, field
@dataclass(order=True)
class Person:
    name: str
    age: int = 18
    tags: list = field(default_factory=list, compare=False)
    def older(self, years=1):
        return Person(self.name, self.age + years, [*self.tags])
class Shop:
    class Item:
        def __init__(self, price: float):
            self.price = price
    currency: str = "EUR"
    @classmethod
    def opened(cls):
        return cls()
    @staticmethod
    def taxed(price: float) -> float:
        return price * 1.5
    def item(self, price):
        return self.Item(price)

# %% right person
import dataclasses as dc
@dc.dataclass(eq=True, order=True, repr=True)
class Person:
    name: str
    age: int = dc.field(default=18)
    tags: list = dc.field(compare=False, default_factory=list)
    def older(self, years=1): return dc.replace(self, age=self.age + years, tags=list(self.tags))
class Shop:
    currency: str = "EUR"
    class Item:
        price: float
        def __init__(self, price: float): self.price = price
    def opened(cls): return cls()
    opened = classmethod(opened)
    def taxed(price: float) -> float: return price + price / 2
    taxed = staticmethod(taxed)
    def item(self, price): return Shop.Item(price)

# %% right person
from dataclasses import dataclass, field
@dataclass
class Named:
    name: str
@dataclass(order=True)
class Person(Named):
    age: int = 18
    tags: list = field(default_factory=list, compare=False)
    name: str
    def older(self, years=1): return type(self)(self.name, age=years + self.age, tags=self.tags[:])
class Shop:
    currency: str = "EUR"
    @dataclass
    class Item:
        price: float
    @classmethod
    def opened(cls): return Shop()
    @staticmethod
    def taxed(price: float) -> float: return 3 * price / 2
    item = lambda self, price: self.Item(price=price)

# %% wrong person
from dataclasses import dataclass
@dataclass
class Person:
    name: str
    age: float = 20
    tags: tuple = ()
    def older(self, years=1): return Person(self.name, self.age)
class Item:
    def __init__(self, price): self.price = price
class Shop:
    currency = "EUR"
    Item = Item
    def opened(): return Shop()
    def taxed(self, price): return price
    def item(self, price): return Item(price)

# %% wrong person
class Person:
    def __init__(self, name, age=18, tags=None): self.name, self.age, self.tags = name, age, tags or []
    def older(self, years): return Person(self.name, self.age + years)
class Shop:
    currency: int = 3
    opened = staticmethod(lambda: Shop())
    taxed = classmethod(lambda cls, price: price * 1.5)
    def item(self, price): return self

# %% test fields
assert [each.name for each in dataclasses.fields(Person)] == ["name", "age", "tags"]
assert {each.name: each.type for each in dataclasses.fields(Person)} == {"name": str, "age": int, "tags": list}
age, tags = dataclasses.fields(Person)[1:]
assert age.default == 18 and tags.default_factory is list and not tags.compare
assert dataclasses.fields(Person)[0].default is dataclasses.MISSING
assert str(inspect.signature(Person)) == "(name: str, age: int = 18, tags: list = <factory>) -> None"

# %% test objects
ada = Person("Ada", tags=["x"])
assert dataclasses.asdict(ada.older(2)) == {"name": "Ada", "age": 20, "tags": ["x"]}
assert sorted([Person("b", 1), Person("a", 3), Person("a", 2)]) == [Person("a", 2), Person("a", 3), Person("b", 1)]

# %% test annotations
assert Shop.__annotations__ == {"currency": str}
assert Shop.taxed.__annotations__ == {"price": float, "return": float}

# %% test kinds
assert inspect.ismethod(Shop.opened) and Shop.opened.__self__ is Shop
assert inspect.isfunction(Shop.taxed) and Shop.taxed is Shop.taxed
assert isinstance(vars(Shop)["taxed"], staticmethod) and isinstance(vars(Shop)["opened"], classmethod)
assert Shop.taxed(2) == 3 == Shop.opened().taxed(2)

# %% test within
assert Shop.Item.__qualname__ == "Shop.Item"
assert type(Shop().item(3)) is Shop.Item and Shop().item(3).price == 3
