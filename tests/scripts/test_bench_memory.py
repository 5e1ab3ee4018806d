"""Memory of a process tree: what a command started counts, and counts for the tree alone."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from scripts.bench_memory import EVERY, PROC, Watch, family

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="there is no /proc here")

CHILD = "held = bytearray(60_000_000); print('held', flush=True); input()"
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}], stdin=subprocess.PIPE)
input()
child.communicate(b"\\n")
"""


def test_a_tree_is_all_that_it_started() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with Watch(parent.pid) as watch:
        assert parent.stdout is not None
        parent.stdout.readline()  # the child holds its memory now
        found = list(family(parent.pid))
        end = time.monotonic() + 30
        while watch.tree < 60 and time.monotonic() < end:
            time.sleep(EVERY)
        parent.communicate(b"\n")

    assert found[0] == parent.pid
    assert len(found) == 2
    assert 0 < watch.own < 55
    assert watch.tree > watch.own + 55


def test_a_process_that_has_gone_holds_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with Watch(gone.pid) as watch:
        pass

    assert (watch.own, watch.tree) == (0, 0)
