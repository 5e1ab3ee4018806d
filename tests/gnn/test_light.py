"""What the plain install can do without the gnn extra: gate, judge by support, pick by names."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
sys.path[:0] = [".dev"]
from marquee.gnn.candidates import Case, choose
from marquee.gnn.gate import About, Thresholds, gate
from marquee.gnn.judge import judge
from marquee.schema.snapshot import from_triples
from marquee.schema.values import Candidate, Name, Resolution

judged = judge(from_triples([("a", "directed", "b")]), None, [0])
gate(judged, {judged[0].statement: About("directed")}, Thresholds())
choose([Case(Resolution(Name("x"), (Candidate("e", 0.9, {}),), 0.1))])
print(sorted({"torch", "numpy", "sklearn", "torch_geometric", "safetensors"} & set(sys.modules)))
"""


def test_judging_by_support_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
