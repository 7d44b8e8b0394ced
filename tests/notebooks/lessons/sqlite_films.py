# %% given
import sqlite3
rows = [("Alien", 1979, 8.5), ("Up", 2009, 8.3), ("Cats", 2019, 2.8)]
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE films (title TEXT, year INTEGER, score REAL)")
connection.executemany("INSERT INTO films VALUES (?, ?, ?)", rows)
connection.commit()

# %% solution query
def good_films(connection, least):
    cursor = connection.execute("SELECT title FROM films WHERE score >= ? ORDER BY year", (least,))
    return [title for (title,) in cursor]

# %% right query
def good_films(connection, least):
    found = connection.execute("SELECT * FROM films").fetchall()
    return [row[0] for row in sorted(found, key=lambda row: row[1]) if row[2] >= least]

# %% right query
def good_films(connection, least):
    cursor = connection.cursor()
    cursor.execute("SELECT title, year FROM films WHERE NOT score < :least", {"least": least})
    by_year = {year: title for title, year in cursor}
    return [by_year[year] for year in sorted(by_year)]

# %% right query
import pandas as pd
def good_films(connection, least):
    frame = pd.read_sql_query("SELECT * FROM films ORDER BY year", connection)
    return frame[frame.score >= least]["title"].tolist()

# %% wrong query
def good_films(connection, least):
    return [row[0] for row in connection.execute("SELECT title FROM films ORDER BY title")]

# %% wrong query
def good_films(connection, least):
    return connection.execute("SELECT title FROM films WHERE score >= ?", (least,)).fetchall()

# %% solution add
def add_film(connection, title, year, score):
    with connection:
        connection.execute("INSERT INTO films VALUES (?, ?, ?)", (title, year, score))

# %% wrong add
def add_film(connection, title, year, score):
    rows.append((title, year, score))

# %% test query
assert good_films(connection, 8) == ["Alien", "Up"]
assert good_films(connection, 9) == []

# %% test add
add_film(connection, "Heat", 1995, 8.3)
assert connection.execute("SELECT COUNT(*) FROM films").fetchone() == (4,)
assert good_films(connection, 8.3) == ["Alien", "Heat", "Up"]
