# %% given
rows = [("apples", 3, 0.5), ("pears", 12, 0.25), ("figs", 100, 1.125)]

# %% solution table
def table(rows):
    lines = [f"{name:<10}{count:>5d}{price:>8.2f}" for name, count, price in rows]
    total = sum(count * price for _, count, price in rows)
    return "\n".join([*lines, f"{'total':<10}{total:>13,.2f}"])

# %% right table
def table(rows):
    text, total = "", 0
    for name, count, price in rows:
        text += "%-10s%5d%8.2f\n" % (name, count, price)
        total += count * price
    return text + "total".ljust(10) + format(total, ",.2f").rjust(13)

# %% right table
LINE = "{0:<10}{1:>5}{2:>8.2f}"
def table(rows):
    parts = list(map(lambda row: LINE.format(*row), rows))
    parts.append("{:<10}{:>13}".format("total", f"{sum(row[1] * row[2] for row in rows):,.2f}"))
    return str.join("\n", parts)

# %% right table
class Table(str):
    pass
import io
def table(rows):
    out = io.StringIO()
    for name, count, price in rows:
        print(name.ljust(10), str(count).rjust(5), f"{price:8.2f}", sep="", file=out)
    total = sum(count * price for _, count, price in rows)
    print(f"total     {total:13,.2f}", end="", file=out)
    return Table(out.getvalue())

# %% wrong table
def table(rows):
    return "\n".join(f"{name} {count} {price}" for name, count, price in rows)

# %% wrong table
def table(rows):
    for name, count, price in rows:
        print(f"{name:<10}{count:>5d}{price:>8.2f}")

# %% test table
lines = table(rows).split("\n")
assert lines[0] == "apples        3    0.50"
assert lines[2] == "figs        100    1.12"
assert lines[-1].split() == ["total", "117.00"]
assert len(lines) == 4

# %% test empty
assert table([]).startswith("total")
assert table([]).endswith(" 0.00")
