"""The desk: the settings, the open store and the progress bars that a job works with."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

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
        settings.home.mkdir(parents=True, exist_ok=True)
        self.store = store or open_store(settings.store)
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

    def source(
        self, name: str, format_: str = "", mapping: str = "", licence: str = "", reliability: float = 0.95
    ) -> Source:
        """The configured source of that name, else the file or folder at that path.

        Raises InputError where it is neither.
        """
        for source in self.settings.sources:
            if source.name == name:
                return source
        path = Path(name)
        if not path.exists():
            known = ", ".join(source.name for source in self.settings.sources)
            mend = f"Configured sources are: {known}." if known else "Check the path."
            raise InputError("there is no such file, folder or configured source.", where=name, mend=mend)
        return Source(path.name.split(".")[0], str(path), format_, mapping, licence, reliability)
