"""Settings: read once, at the edge, from `marquee.toml` and the environment, and passed in."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from marquee.schema.errors import SettingsError, VocabularyError
from marquee.schema.relations import relation
from marquee.schema.values import Source

FILE = "marquee.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds on the calibrated probability. Between `reject` and `accept` a reviewer decides.

    `relations`: other accept thresholds by relation. `audit`: share of accepted and rejected statements
    that go to review all the same, drawn at random.
    """

    accept: float = 0.9
    reject: float = 0.2
    audit: float = 0.02
    relations: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Serve:
    """Where GraphQL listens and its bounds. `token` comes from MARQUEE_TOKEN alone."""

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    deadline: float = 5.0
    upload_bytes: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `home` is the folder for the store, models and refused rows unless they are set.

    `processes` read texts at once; 0 for as many as there are cores, at most four.
    `password`, of the store's user, comes from MARQUEE_STORE_PASSWORD alone.
    """

    home: Path
    store: str
    models: Path
    refused: Path
    pipeline: str = ""
    processes: int = 0
    tier: str = "fast"
    schedule: str = ""
    sources: tuple[Source, ...] = ()
    gate: Gate = Gate()
    serve: Serve = Serve()
    password: str = field(default="", repr=False)

    def serving_at(self, host: str, port: int) -> Serve:
        """The serve settings with another address."""
        return replace(self.serve, host=host, port=port)

    def source(self, name: str) -> Source:
        """The configured source of that name. Raises SettingsError if there is none."""
        for source in self.sources:
            if source.name == name:
                return source
        known = ", ".join(source.name for source in self.sources) or "none"
        raise SettingsError(f"no source is called {name!r}.", mend=f"Configured are: {known}.")


def load(path: Path | None = None, environment: Mapping[str, str] | None = None, home: Path | None = None) -> Settings:
    """Settings from the TOML file (default: `marquee.toml` here, if there is one), then the environment.

    MARQUEE_HOME, MARQUEE_STORE, MARQUEE_PIPELINE and MARQUEE_PROCESSES win over the file; the secrets MARQUEE_TOKEN and
    MARQUEE_STORE_PASSWORD stand in the environment only.
    Raises SettingsError naming file and line.
    """
    env = os.environ if environment is None else environment
    table, text, where = _read(path)
    base = Path(where).resolve().parent if where else Path.cwd()
    check = _Checker(table, text, where)
    folder = home or Path(env.get("MARQUEE_HOME") or base / check.string("home", ".marquee"))
    settings = Settings(
        home=folder,
        store=env.get("MARQUEE_STORE") or _store_url(check.string("store", ""), base, folder),
        models=base / check.string("models", "") if "models" in table else folder / "models",
        refused=base / check.string("refused", "") if "refused" in table else folder / "refused",
        pipeline=env.get("MARQUEE_PIPELINE") or check.string("pipeline", ""),
        processes=_processes(check, env.get("MARQUEE_PROCESSES", "")),
        tier=check.one_of("tier", "fast", ("fast", "full")),
        schedule=_schedule(check),
        sources=_sources(check, base),
        gate=_gate(check),
        serve=replace(_serve(check), token=env.get("MARQUEE_TOKEN", "")),
        password=env.get("MARQUEE_STORE_PASSWORD", ""),
    )
    if "password" in table:
        raise check.error(
            "password", "a password does not belong in a file.", "Set MARQUEE_STORE_PASSWORD in the environment."
        )
    check.nothing_else("", {f for f in Settings.__dataclass_fields__ if f not in ("sources",)} | {"source"})
    return settings


def _read(path: Path | None) -> tuple[dict[str, Any], str, str]:
    if path is None and not Path(FILE).exists():
        return {}, "", ""
    file = path or Path(FILE)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError("there is no such settings file.", where=str(file), mend="Check --config.") from None
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}.", where=str(file), mend="Check --config.") from None
    except UnicodeDecodeError as error:
        what = f"byte {error.object[error.start]:#04x} is not UTF-8."
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(what, where=f"{file}:{line}", mend="Save the file as UTF-8.") from None
    try:
        return tomllib.loads(text), text, str(file)
    except tomllib.TOMLDecodeError as error:
        named = re.search(r"line (\d+)", str(error))
        line = int(named[1]) if named else len(text.splitlines())
        raise SettingsError(f"is no TOML: {error}.", where=f"{file}:{line}", mend="Mend that line.") from None


def _store_url(value: str, base: Path, home: Path) -> str:
    if not value:
        return f"sqlite:{home / 'marquee.db'}"
    if value.startswith("sqlite:") and value != "sqlite::memory:":
        return f"sqlite:{base / value.removeprefix('sqlite:')}"
    return value


def _processes(check: _Checker, asked: str) -> int:
    kept = check.whole("processes", 0, 0, 64)
    if asked and not (asked.isascii() and asked.isdecimal() and int(asked) <= 64):
        raise SettingsError(
            f"MARQUEE_PROCESSES = {asked!r} is not a whole number from 0 to 64.", mend="Mend the value."
        )
    return int(asked) if asked else kept


def _schedule(check: _Checker) -> str:
    cron = check.string("schedule", "")
    if cron:
        from apscheduler.triggers.cron import CronTrigger

        try:
            CronTrigger.from_crontab(cron)
        except ValueError as error:
            mend = 'Write five fields: minute hour day month weekday, as "0 3 * * *".'
            raise check.error("schedule", f"{cron!r} is no cron schedule: {error}.", mend) from None
    return cron


def _sources(check: _Checker, base: Path) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for number, table in enumerate(check.tables("source")):
        one = check.inside(table, "source", number)
        name = one.filled("name")
        mapping = one.string("mapping", "")
        if name in found:
            raise one.error("name", f"two sources are called {name!r}.", "Names tell sources apart; rename one.")
        found[name] = Source(
            name=name,
            path=str(base / one.filled("path")),
            format=one.one_of("format", "", _formats()) if table.get("format") else "",
            mapping=str(base / mapping) if mapping.endswith(".toml") else mapping,
            licence=one.string("licence", ""),
            reliability=one.share("reliability", 0.95),
            whole=one.flag("whole", True),
        )
        one.nothing_else("source", set(Source.__dataclass_fields__))
    return tuple(found.values())


def _formats() -> tuple[str, ...]:
    from marquee.extraction.readers import READERS

    return tuple(sorted(READERS))


def _gate(check: _Checker) -> Gate:
    one = check.inside(check.table("gate"), "gate")
    accept, reject = one.share("accept", 0.9), one.share("reject", 0.2)
    if reject >= accept:
        raise one.error("reject", f"reject ({reject}) is not below accept ({accept}).", "Leave room for review.")
    relations = one.inside(one.table("relations"), "gate.relations")
    by_relation = {}
    for name in relations.values:
        try:
            by_relation[relation(name).name] = least = relations.share(name, accept)
        except VocabularyError as error:
            raise relations.error(name, error.what, error.mend) from None
        if reject >= least:
            raise relations.error(name, f"{name} ({least}) is not above reject ({reject}).", "Leave room for review.")
    one.nothing_else("gate", set(Gate.__dataclass_fields__))
    return Gate(accept, reject, one.share("audit", 0.02, zero=True), by_relation)


def _serve(check: _Checker) -> Serve:
    one = check.inside(check.table("serve"), "serve")
    if "token" in one.values:
        raise one.error("token", "a token does not belong in a file.", "Set MARQUEE_TOKEN in the environment.")
    one.nothing_else("serve", set(Serve.__dataclass_fields__))
    return Serve(
        host=one.string("host", "127.0.0.1"),
        port=one.whole("port", 8765, 1, 65535),
        deadline=one.number("deadline", 5.0, 0.05, 600),
        upload_bytes=one.whole("upload_bytes", 5_000_000, 1, 1_000_000_000),
    )


class _Checker:
    """One table of the file: typed look-ups whose errors name the line."""

    def __init__(self, values: dict[str, Any], text: str, where: str, table: str = "", nth: int = 0) -> None:
        self.values, self.text, self.where, self.name, self.nth = values, text, where, table, nth

    def inside(self, values: dict[str, Any], table: str, nth: int = 0) -> _Checker:
        return _Checker(values, self.text, self.where, table, nth)

    def error(self, key: str, what: str, mend: str) -> SettingsError:
        return SettingsError(what, where=f"{self.where}:{self._line(key)}", mend=mend)

    def _line(self, key: str) -> int:
        header = re.compile(rf"\s*\[+\s*{re.escape(self.name)}\s*\]+") if self.name else None
        inside, seen, start = header is None, -1, 1
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith("["):
                seen += bool(header and header.match(line))
                inside = bool(header and header.match(line)) and seen == self.nth
                start = number if inside else start
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return start

    def _get(self, key: str, default: Any, valid: Callable[[Any], bool], wanted: str) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise self.error(key, f"[{self.name}] lacks {key!r}.", f"Add {key} = … ({wanted}).")
        if not valid(value):
            raise self.error(key, f"{key} = {value!r} is not {wanted}.", "Mend the value.")
        return value

    def string(self, key: str, default: str | None = None) -> str:
        return str(self._get(key, default, lambda v: isinstance(v, str), "a text in quotes"))

    def filled(self, key: str) -> str:
        return str(self._get(key, None, lambda v: isinstance(v, str) and bool(v.strip()), "a text in quotes"))

    def one_of(self, key: str, default: str, known: tuple[str, ...]) -> str:
        return str(self._get(key, default, lambda v: v in known, " or ".join(known)))

    def number(self, key: str, default: float, low: float, high: float) -> float:
        ok = lambda v: isinstance(v, int | float) and not isinstance(v, bool) and low <= v <= high  # noqa: E731
        return float(self._get(key, default, ok, f"a number from {low:g} to {high:g}"))

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        ok = lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high  # noqa: E731
        return int(self._get(key, default, ok, f"a whole number from {low} to {high}"))

    def share(self, key: str, default: float, zero: bool = False) -> float:
        return self.number(key, default, 0.0 if zero else 0.001, 0.999)

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._get(key, default, lambda v: isinstance(v, bool), "true or false"))

    def table(self, key: str) -> dict[str, Any]:
        return dict(self._get(key, {}, lambda v: isinstance(v, dict), f"a table, as [{key}]"))

    def tables(self, key: str) -> list[dict[str, Any]]:
        ok = lambda v: isinstance(v, list) and all(isinstance(item, dict) for item in v)  # noqa: E731
        return list(self._get(key, [], ok, f"a list of tables, as [[{key}]]"))

    def nothing_else(self, table: str, known: set[str]) -> None:
        import difflib

        for key in self.values:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1)
                mend = f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(sorted(known))}."
                raise self.error(key, f"unknown setting {key!r}{f' in [{table}]' if table else ''}.", mend)
