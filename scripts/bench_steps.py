"""The steps of a real run: each an ordinary command in a process of its own, with its seconds and its memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scripts.bench_memory import Watch
from scripts.bench_pages import film_pages, free_port

from marquee.schema.errors import MarqueeError
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS

MARQUEE = (sys.executable, "-m", "marquee.api.cli")
ROOT = Path(__file__).parents[1]
_SPOKEN = 15.0  # seconds between two words on what goes on
_STARTED = 120.0  # seconds that a server may take to come up
_OTHERS = 15  # reasons of refusal told one by one


class StepFailed(MarqueeError):
    """A step that did not do what it is there for."""


@dataclass(slots=True)
class Step:
    """What a command took and did. Seconds of the wall and of the processor; MiB of its own process, of it with all
    that it started, and of the database's server; counts, seconds by part, refused rows by reason."""

    name: str
    what: str
    seconds: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    tree: float = 0.0
    server: float = 0.0
    counts: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a run stands: a folder with marquee.toml and openings.jsonl, a store's URL ("" for SQLite), the process
    of its server where it is ours (0: none), how many film pages to time, and for how many seconds to warm it."""

    folder: Path
    store: str = ""
    password: str = ""
    server: int = 0
    pages: int = 200
    warming: float = 10.0

    @property
    def home(self) -> Path:
        """The MARQUEE_HOME of the run."""
        return self.folder / "home"

    def env(self) -> dict[str, str]:
        """The environment of a command."""
        given = {"MARQUEE_HOME": str(self.home), "PYTHONPATH": f"{ROOT / '.dev'}{os.pathsep}{ROOT}"}
        if self.store:
            given |= {"MARQUEE_STORE": self.store, "MARQUEE_STORE_PASSWORD": self.password}
        return {**os.environ, **given}

    def run(self, step: Step, command: Sequence[str], *needed: str) -> dict[str, Any]:
        """Runs a command with --json to its end and notes what it took; what it printed.

        Raises StepFailed where it ends in another way than done, or a `needed` count is nothing.
        """
        print(f"{step.what}: begun", file=sys.stderr, flush=True)
        out, errors = self.folder / f"{step.name}.out", self.folder / f"{step.name}.err"
        start = time.perf_counter()
        with out.open("wb") as stdout, errors.open("wb") as stderr:
            process = subprocess.Popen(command, cwd=self.folder, env=self.env(), stdout=stdout, stderr=stderr)
            try:
                with self.watched(step, process.pid):
                    _, status, used = os.wait4(process.pid, 0)
            except BaseException:  # whoever ends the bench ends its command, too
                process.terminate()
                raise
        process.returncode = os.waitstatus_to_exitcode(status)
        step.seconds, step.cpu = time.perf_counter() - start, used.ru_utime + used.ru_stime
        said = _last(out)
        step.counts |= said.get("counts", {})
        step.parts |= said.get("seconds", {}) if isinstance(said.get("seconds"), dict) else {}
        step.refused = reasons(Path(said["refused_file"])) if said.get("refused_file") else {}
        _check(step, process.returncode, said, errors, needed)
        print(f"{step.what}: {step.seconds:,.1f} s, {step.tree:,.0f} MB", file=sys.stderr, flush=True)
        return said

    @contextmanager
    def watched(self, step: Step, pid: int) -> Iterator[None]:
        """Watches a process and the store's server, and writes what they held into the step."""
        command, server = Watch(pid, _telling(step.what)), Watch(self.server)
        try:
            with command, server:
                yield
        finally:
            step.memory, step.tree, step.server = command.own, command.tree, server.tree


# --- the steps -----------------------------------------------------------------------------------


def _bare(bench: Bench) -> Step:
    step = Step("bare", "bare: the same rows, read and written plainly")
    store = ["--store", bench.store] if bench.store else []
    command = [sys.executable, "-m", "scripts.bench_bare", "marquee.toml", "openings.jsonl", *store]
    bench.run(step, command, "records", "claims")
    return step


def _records(bench: Bench) -> Step:
    step = Step("records", "records of TMDB and the Oscars")
    bench.run(step, [*MARQUEE, "refresh", "--json"], "records", "statements", "accepted")
    return step


def _again(bench: Bench) -> Step:
    step = Step("again", "the same once more, unchanged")
    bench.run(step, [*MARQUEE, "refresh", "--json"], "unchanged")
    return step


def _texts(bench: Bench) -> Step:
    step = Step("texts", "openings of Wikipedia's articles")
    command = [*MARQUEE, "ingest", "openings.jsonl", "--reliability", "0.9", "--json"]
    bench.run(step, command, "documents", "claims")
    return step


def _train(bench: Bench) -> Step:
    step = Step("train", "train, and judge all again")
    said = bench.run(step, [*MARQUEE, "train", "links", "--json"])
    if not said.get("promoted"):
        raise StepFailed(f"{step.what}: the model did not go into service: {said.get('reason')}.")
    card = said["card"]
    step.counts |= {name: card[name] for name in ("statements", "entities")} | said.get("again", {})
    step.parts |= {"train": card["seconds"]}
    step.counts |= {name: round(card[name], 3) for name in ("mrr", "auroc", "ece")}
    return step


def _judge(bench: Bench) -> Step:
    step = Step("judge", "judge what waits")
    bench.run(step, [*MARQUEE, "judge", "--json"], "judged")
    return step


def _query(bench: Bench) -> Step:
    """Film pages, each of another film, from a server of its own; the first ones warm it and do not count."""
    step, port = Step("query", "film pages by GraphQL"), free_port()
    print(f"{step.what}: begun", file=sys.stderr, flush=True)
    with (bench.folder / "serve.err").open("wb") as errors:
        command = [*MARQUEE, "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=bench.folder, env=bench.env(), stdout=errors, stderr=errors)
        start = time.perf_counter()
        try:
            with bench.watched(step, server.pid):
                step.counts |= film_pages(port, bench.pages, bench.warming, _STARTED, lambda: server.poll() is None)
        except MarqueeError as error:
            raise StepFailed(f"{step.what}: {error} {_tail(bench.folder / 'serve.err')}") from None
        finally:
            server.terminate()
            server.wait(30)
    step.seconds = time.perf_counter() - start
    return step


def _holds(bench: Bench) -> Step:
    """What the store holds in the end, by level and status."""
    step = Step("holds", "what the graph holds")
    said = bench.run(step, [*MARQUEE, "status", "--json"])
    levels = {f"entities: {level}": count for level, count in said["by_level"].items()}
    status = {f"statements: {name}": count for name, count in said["by_status"].items() if count}
    whole = {name: said[name] for name in ("entities", "statements", "evidence", "documents", "review")}
    step.counts = whole | levels | status
    return step


STEPS: dict[str, Callable[[Bench], Step]] = {
    "bare": _bare,
    "records": _records,
    "again": _again,
    "texts": _texts,
    "train": _train,
    "judge": _judge,
    "query": _query,
    "holds": _holds,
}


# --- reading what commands left ------------------------------------------------------------------


def reasons(path: Path) -> dict[str, int]:
    """Refused rows of a file by reason, most frequent first: names, quotes and numbers are left out of reasons."""
    counts = Counter(reason(json.loads(line)["what"]) for line in path.read_text(encoding="utf-8").splitlines())
    told = dict(counts.most_common(_OTHERS))
    others = sum(counts.values()) - sum(told.values())
    return told | ({"other reasons": others} if others else {})


_KIND = "|".join(Kind)
_LABELS = "|".join(row.label for row in RELATIONS.values())
_FIRST = re.compile(rf"^.+? \(({_KIND})\)(?=[ ,])")
_INNER = re.compile(rf"(?<= )({_LABELS}|for) .+? \(({_KIND})\)")


def reason(what: str) -> str:
    """A refusal's words without what is particular to its row: "a Keyword cannot stand behind filmed in"."""
    plain = _INNER.sub(r"\1 a \2", _FIRST.sub(r"a \1", what.partition("; ")[0]))
    plain = re.sub(r"'[^']*'|\"[^\"]*\"|“[^”]*”", "…", plain)
    return re.sub(r"\d[\d,.-]*\d|\d", "N", plain).rstrip(".")


def _check(step: Step, code: int, said: Mapping[str, Any], errors: Path, needed: Sequence[str]) -> None:
    refusing = code == 1 and step.counts.get("refused", 0) > 0
    if (code != 0 and not refusing) or not said:
        raise StepFailed(f"{step.what}: ended with {code}: {said or _tail(errors)}")
    for name in needed:
        if not step.counts.get(name):
            raise StepFailed(f"{step.what}: no {name}: {dict(step.counts)}")


def _last(out: Path) -> dict[str, Any]:
    """The JSON object on the last line; empty where there is none."""
    lines = out.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    try:
        said = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-1500:].strip()


def _telling(what: str) -> Callable[[Watch], None]:
    """Says on standard error, every now and then, that a step goes on."""
    start = last = time.monotonic()

    def told(watch: Watch) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > _SPOKEN:
            last = now
            print(f"{what}: {now - start:,.0f} s, {watch.tree:,.0f} MB so far", file=sys.stderr, flush=True)

    return told
