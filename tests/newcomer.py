"""The demo, run as a newcomer runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Report = dict[str, Any]


def demo(folder: Path) -> Report:
    """`marquee demo --no-serve --json` in a folder that is home as well; its report."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / ".dev"), "HOME": str(folder)}
    env.pop("MARQUEE_HOME", None)
    command = [sys.executable, "-m", "marquee.api.cli", "demo", "--no-serve", "--json"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))
