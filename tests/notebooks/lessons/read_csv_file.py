# %% given
from pathlib import Path
Path("people.csv").write_text("name,age\nAda,36\nAlan,41\nGrace,85\n")

# %% solution read
import csv
def read_people(path):
    with open(path) as file:
        return [{"name": row["name"], "age": int(row["age"])} for row in csv.DictReader(file)]

# %% right read
def read_people(path):
    people = []
    with open(path) as file:
        file.readline()
        for line in file:
            name, age = line.strip().split(",")
            people.append(dict(name=name, age=int(age)))
    return people

# %% right read
from pathlib import Path
def read_people(path):
    head, *rows = [line.split(",") for line in Path(path).read_text().splitlines()]
    return [dict(zip(head, (name, int(age)))) for name, age in rows]

# %% right read
import pandas as pd
def read_people(path):
    return pd.read_csv(path).to_dict("records")

# %% wrong read
import csv
def read_people(path):
    with open(path) as file:
        return list(csv.DictReader(file))

# %% wrong read
def read_people(path):
    return open(path).read().split("\n")

# %% solution write
def write_names(people, path):
    with open(path, "w") as file:
        for person in people:
            file.write(person["name"].upper() + "\n")

# %% wrong write
def write_names(people, path):
    file = open(path, "w")
    file.write(" ".join(person["name"] for person in people))
    file.close()

# %% test read
people = read_people("people.csv")
assert people[0] == {"name": "Ada", "age": 36}
assert len(people) == 3
assert sum(person["age"] for person in people) == 162

# %% test write
write_names([{"name": "Ada"}, {"name": "Bo"}], "names.txt")
with open("names.txt") as file:
    assert file.read() == "ADA\nBO\n"

# %% test missing
try:
    read_people("nowhere.csv")
except FileNotFoundError as error:
    assert "nowhere.csv" in str(error)
else:
    raise AssertionError("no error")
