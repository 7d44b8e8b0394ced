"""Grade named attacks of the hostile corpus, the first with an honest submission behind it; print what they earn as JSON."""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

import corpus

from tito.sandbox.levels import Level

if __name__ == "__main__":
    attacks = corpus.index("forging")
    with tempfile.TemporaryDirectory() as folder:
        world = corpus.World(Path(folder))
        grades, _, _ = corpus.run(world, [attacks[name] for name in sys.argv[1:]], Level.LIMITS, every=len(sys.argv))
    sys.stdout.write(json.dumps({name: int(grade.earned) for name, grade in grades.items()}))
