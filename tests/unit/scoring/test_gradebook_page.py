"""docs/gradebook.md shows a rubric that tito takes."""

import re
from pathlib import Path

from tito.scoring import load

PAGE = Path(__file__).parents[3] / "docs/gradebook.md"


def test_the_rubric_of_the_page_is_right():
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert [load(text, "page").rubric.points for text in blocks] == [15]
