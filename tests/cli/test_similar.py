"""`tito similar` as instructors type it."""

import json

OWN = """
def table(rows, columns):
    made = [[0 for _ in range(columns)] for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            made[row][column] = max(row, column) - min(row, column) + sum(range(row)) * len(made)
    lines = [" ".join(str(each) for each in row) for row in made if any(row) or not all(row)]
    return {"text": "\\n".join(lines), "most": max(map(max, made)), "least": min(map(min, made))}
"""
OTHER = """
def words(text):
    found = {}
    while text:
        head, _, text = text.partition(" ")
        found.setdefault(len(head), set()).add(head.strip().lower())
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:10]
"""


def test_a_copy_with_other_names_is_a_pair_with_both_sides_on_one_page(locked):
    renamed = OWN.replace("made", "m").replace("rows", "a").replace("columns", "b").replace("table", "grid")
    for name, text in (("ann", OWN), ("bob", renamed), ("cy", OTHER)):
        locked.write(f"in/{name}.py", f"def double(x):\n    return x + x\n{text}")
    locked.write("old/zed.py", OWN)
    done = locked.tito("similar", "01", "in", "--earlier", "old", "--html", "alike.html", "--json")
    (data,) = json.loads(done.out)["data"]
    assert [(each["first"], each["second"], each["part"]) for each in data["pairs"]] == [
        ("ann", "bob", 1), ("ann", "zed (old)", 1), ("bob", "zed (old)", 1),
    ]  # fmt: skip
    assert data["groups"] == [["ann", "bob", "zed (old)"]]
    page = locked.read("alike.html")
    assert "zed (old)" in page
    assert "hit" in page
    assert "<script" not in page
    shown = locked.tito("similar", "01", "in", "--top", "1")
    assert shown.out.splitlines()[-1] == "3 submissions, 1 pair alike"
