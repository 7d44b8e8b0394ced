# %% solution staff
from abc import ABC, abstractmethod
class Employee(ABC):
    raise_by = 1.5
    def __init__(self, name):
        self.name = name
    @abstractmethod
    def pay(self):
        ...
    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"
class Salaried(Employee):
    def __init__(self, name, salary):
        super().__init__(name)
        self.salary = salary
    def pay(self):
        return self.salary / 12
    def promote(self):
        self.salary *= self.raise_by
class Hourly(Employee):
    def __init__(self, name, rate, hours):
        super().__init__(name)
        self.rate, self.hours = rate, hours
    def pay(self):
        return self.rate * self.hours
def payroll(people):
    return {person.name: person.pay() for person in people}

# %% right staff
import abc
class Employee(metaclass=abc.ABCMeta):
    raise_by = 1.5
    name: str
    @abc.abstractmethod
    def pay(self): raise NotImplementedError
    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, self.name)
class Salaried(Employee):
    def __init__(self, name, salary):
        self.name, self.salary = name, salary
    def pay(self): return self.salary / 12
    def promote(self): self.salary = self.salary * Employee.raise_by
class Hourly(Employee):
    def __init__(self, name, rate, hours):
        self.name, self._pay = name, lambda: rate * hours
    def pay(self): return self._pay()
def payroll(people):
    sheet = {}
    for person in people:
        sheet[person.name] = person.pay()
    return sheet

# %% right staff
from abc import ABC, abstractmethod
from collections import UserDict
class Employee(ABC):
    raise_by = 1.5
    def __init__(self, name, **more):
        vars(self).update(more, name=name)
    @abstractmethod
    def pay(self): ...
    def __repr__(self): return f"{type(self).__qualname__}('{self.name}')"
class Salaried(Employee):
    def __init__(self, name, salary): super().__init__(name, salary=salary)
    def pay(self): return self.salary / 12
    def promote(self): setattr(self, "salary", self.raise_by * self.salary)
class Hourly(Employee):
    def __init__(self, name, rate, hours): super().__init__(name, rate=rate, hours=hours)
    def pay(self): return self.hours * self.rate
def payroll(people):
    return dict(zip([each.name for each in people], [each.pay() for each in people]))

# %% right staff
from abc import ABC, abstractmethod
from dataclasses import dataclass
class Employee(ABC):
    raise_by = 1.5
    @abstractmethod
    def pay(self): ...
    def __repr__(self): return f"{type(self).__name__}({self.name!r})"
@dataclass(repr=False)
class Salaried(Employee):
    name: str
    salary: float
    def pay(self): return self.salary / 12
    def promote(self): self.salary *= self.raise_by
@dataclass(repr=False)
class Hourly(Employee):
    name: str
    rate: float
    hours: float
    def pay(self): return self.rate * self.hours
class Payroll(dict):
    pass
def payroll(people):
    return Payroll((each.name, each.pay()) for each in people)

# %% wrong staff
class Employee:
    raise_by = 1.5
    def __init__(self, name):
        self.name = name
    def pay(self):
        return 0
class Salaried(Employee):
    def __init__(self, name, salary):
        self.salary = salary
        self.name = name
    def pay(self):
        return self.salary
    def promote(self):
        pass
class Hourly(Employee):
    def __init__(self, name, rate, hours):
        self.name = name
def payroll(people):
    return {}

# %% wrong staff
class Employee:
    def __init__(self, name, *more):
        self.name = name
Salaried = Hourly = Employee
def payroll(people):
    return [person.name for person in people]

# %% test abstract
import pytest
with pytest.raises(TypeError):
    Employee("nobody")
assert issubclass(Salaried, Employee) and issubclass(Hourly, Employee)
assert not issubclass(Hourly, Salaried)

# %% test pay
ann, bob = Salaried("Ann", 24000), Hourly("Bob", 10, 7)
assert payroll([ann, bob]) == {"Ann": 2000, "Bob": 70}
ann.promote()
assert ann.pay() == 3000 and repr(ann) == "Salaried('Ann')"

# %% test derived
class Intern(Hourly):
    def pay(self):
        return 1
assert payroll([Intern("Kid", 3, 3)]) == {"Kid": 1}
