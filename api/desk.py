"""The desk: the settings, the open store and the progress bars that a job works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from marquee.api import trust
from marquee.api.progress import Steps
from marquee.api.settings import Settings
from marquee.graph.open import open_store
from marquee.graph.store import Store
from marquee.schema.errors import InputError, SettingsError
from marquee.schema.values import Source


class Desk:
    """Opens the store of the settings, and closes it when left."""

    def __init__(self, settings: Settings, quiet: bool = False, store: Store | None = None) -> None:
        self.settings = settings
        _make(settings.home)
        self.store = store or open_store(settings.store, settings.password)
        self.steps = Steps(quiet)
        self.reliability = {source.name: source.reliability for source in settings.sources}

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()

    def quiet(self) -> Desk:
        """A desk without bars over the same open store, for a job beside others."""
        return Desk(self.settings, quiet=True, store=self.store)

    def configured(self) -> tuple[Source, ...]:
        """The sources of the settings. Raises SettingsError where there are none."""
        if not self.settings.sources:
            raise SettingsError("no source is configured.", mend="Add a [[source]] to marquee.toml.")
        return self.settings.sources

    def scheduled(self) -> str:
        """The schedule of the settings. Raises SettingsError where there is none."""
        if not self.settings.schedule:
            raise SettingsError("no schedule is set.", mend='Add schedule = "0 3 * * *" to marquee.toml.')
        return self.settings.schedule

    def sources(
        self,
        names: Sequence[str],
        format_: str = "",
        mapping: str = "",
        licence: str = "",
        reliability: float | None = None,
    ) -> list[Source]:
        """Each the configured source of that name, else the file or folder at that path, named after it.

        Where `reliability` is None a source keeps the one it was read with before.

        Raises InputError where it is neither, or where two files of one name could not be told apart.
        """
        given = Source("", "", format_, mapping, licence)
        found = [self._source(name, given, reliability) for name in names]
        paths: dict[tuple[str, str], str] = {}
        for source in found:
            key = (source.name, Path(source.path).name)
            if paths.setdefault(key, source.path) != source.path:
                mend = "Give a folder that holds both, or name each as a [[source]] of marquee.toml."
                raise InputError(
                    f"has the name of {paths[key]}: one would pass for the other.", where=source.path, mend=mend
                )
        return found

    def _source(self, name: str, given: Source, reliability: float | None) -> Source:
        for source in self.settings.sources:
            if source.name == name:
                return source
        path = Path(name)
        if name == "-":
            raise InputError("standard input is not read.", where=name, mend="Write it to a file, and name that.")
        if not name.strip() or not path.exists():
            known = ", ".join(source.name for source in self.settings.sources)
            mend = f"Configured sources are: {known}." if known else "Check the path."
            raise InputError("there is no such file, folder or configured source.", where=name or "''", mend=mend)
        called = path.name.split(".")[0] or path.resolve().name
        worth = trust.kept(self.store).get(called, given.reliability) if reliability is None else reliability
        return replace(given, name=called, path=str(path), reliability=worth)


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "Set MARQUEE_HOME to a folder that may be written."
        raise SettingsError(f"the folder cannot be made: {error.strerror}.", where=str(home), mend=mend) from None
