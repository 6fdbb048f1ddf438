"""`python -m eval.speed TASK FILE`: one measuring process; FILE holds what it is told. Started by `python -m eval speed`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eval.speed.tasks import TASKS
from index.errors import FootnoteError


def main(words: list[str]) -> int:
    """Runs a task and prints what it found as one JSON object, on the last line."""
    if len(words) != 2 or words[0] not in TASKS:
        print(f"usage: python -m eval.speed {'|'.join(TASKS)} FILE", file=sys.stderr)
        return 2
    try:
        found = TASKS[words[0]](json.loads(Path(words[1]).read_text(encoding="utf-8")))
    except FootnoteError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n" + json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
