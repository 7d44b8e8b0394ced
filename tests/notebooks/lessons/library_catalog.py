# %% given
class Item:
    """Something that can be borrowed."""
    count = 0
    def __init__(self, title):
        self.title = title
        self.borrower = None
        Item.count += 1
    def borrow(self, who):
        if self.borrower:
            raise RuntimeError(f"{self.title} is out")
        self.borrower = who

# %% solution library
class Book(Item):
    def __init__(self, title, author):
        super().__init__(title)
        self.author = author
    def __str__(self):
        return f"{self.title} by {self.author}"
class Library:
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
        return self
    def find(self, word):
        return [item for item in self.items if word.lower() in item.title.lower()]
    def out(self):
        return sum(item.borrower is not None for item in self.items)

# %% right library
class Book(Item):
    def __init__(self, title, author):
        Item.__init__(self, title)
        self._author = author
    @property
    def author(self):
        return self._author
    def __repr__(self):
        return self.title + " by " + self.author
class Library:
    def __init__(self):
        self._items = {}
    @property
    def items(self):
        return list(self._items.values())
    def add(self, item):
        self._items[item.title] = item
        return self
    def find(self, word):
        found = []
        for title in self._items:
            if title.casefold().find(word.casefold()) >= 0:
                found.append(self._items[title])
        return found
    def out(self):
        return len([item for item in self.items if item.borrower])

# %% right library
class Book(Item):
    author = ""
    def __init__(self, *args):
        title, self.author = args
        super(Book, self).__init__(title)
    __str__ = lambda self: "{0.title} by {0.author}".format(self)
class Library(list):
    items = property(lambda self: self)
    def add(self, item):
        self.append(item)
        return self
    def find(self, word):
        return list(filter(lambda item: word.lower() in item.title.lower(), self))
    def out(self):
        return [bool(item.borrower) for item in self].count(True)

# %% right library
import re
class Described:
    def __str__(self):
        return " by ".join(vars(self)[name] for name in ("title", "author"))
class Book(Described, Item):
    def __init__(self, title, author):
        super().__init__(title)
        setattr(self, "author", author)
class Library:
    def __init__(self, items=()):
        self.items = tuple(items)
    def add(self, item):
        self.items += (item,)
        return self
    def find(self, word):
        pattern = re.compile(re.escape(word), re.IGNORECASE)
        return [item for item in self.items if pattern.search(item.title)]
    def out(self):
        return sum(1 for item in self.items if item.borrower)

# %% wrong library
class Book(Item):
    def __init__(self, title, author):
        self.title, self.author = title, author
        self.borrower = None
    def __str__(self):
        return self.title
class Library:
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
        return self
    def find(self, word):
        return [item for item in self.items if item.title == word]
    def out(self):
        return 0

# %% wrong library
class Book:
    def __init__(self, title, author):
        self.title, self.author = title, author
class Library:
    def add(self, item):
        return None

# %% given
def filled():
    library = Library()
    return library.add(Book("Emma", "Austen")).add(Book("Dune", "Herbert")).add(Book("Dune Messiah", "Herbert"))

# %% test book
before = Item.count
book = Book("Emma", "Austen")
assert Item.count == before + 1
assert isinstance(book, Item) and book.author == "Austen"
assert str(book) == "Emma by Austen"

# %% test find
library = filled()
assert len(library.items) == 3
assert [book.title for book in library.find("dune")] == ["Dune", "Dune Messiah"]
assert library.find("zzz") == []

# %% test borrow
import pytest
library = filled()
library.find("Emma")[0].borrow("Kim")
assert library.out() == 1
with pytest.raises(RuntimeError, match="Emma is out"):
    library.find("Emma")[0].borrow("Lee")
