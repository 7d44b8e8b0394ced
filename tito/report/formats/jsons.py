"""JSON as all JSON formats are written."""

import json
from typing import Any

from tito.report.text import json_text


def json_document(content: Any) -> str:
    """Return a JSON document: ASCII, and no command for a CI runner that prints it."""
    return json_text(json.dumps(content, indent=2)) + "\n"
