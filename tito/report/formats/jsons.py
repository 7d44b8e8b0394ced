"""JSON as all JSON formats are written."""

import json
from typing import Any

from tito.report.formats.options import Options
from tito.report.formats.view import Result
from tito.report.text import json_text


def json_document(content: Any) -> str:
    """Return a JSON document: ASCII, and no command for a CI runner that prints it."""
    return json_text(json.dumps(content, indent=2)) + "\n"


def write(result: Result, _options: Options) -> str:
    """Return tito's own JSON, which may be handed to students: of hidden tests it has only what they may know."""
    return json_document(result.source)
