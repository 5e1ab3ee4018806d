from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.neo4j.server import fresh

ROOT = Path(__file__).resolve().parents[2]
_KILLED = """
import os, signal
from tests.neo4j.server import fresh
server = fresh()
server.start()
print(server.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_leaves_no_server_and_no_folder() -> None:
    fresh()  # skips where there can be none
    env = {**os.environ, "PYTHONPATH": f"{ROOT / '.dev'}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", _KILLED], stdout=subprocess.PIPE, text=True, env=env, check=False)
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("marquee-neo4j-")

    end = time.monotonic() + 100
    while folder.exists():
        assert time.monotonic() < end, "the folder stays"
        time.sleep(0.1)
