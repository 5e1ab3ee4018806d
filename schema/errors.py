"""What can go wrong, as small classes whose messages say what happened, where, and how to mend it."""

from __future__ import annotations


class MarqueeError(Exception):
    """Base of every error Marquee raises on purpose.

    `what` happened, `where` (file:line, setting, id), and `mend`: what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"


class InputError(MarqueeError):
    """A source that cannot be read at all, or a row of it that cannot be used."""


class VocabularyError(MarqueeError):
    """A kind, relation, qualifier or literal that the vocabulary does not know."""


class SettingsError(MarqueeError):
    """A setting that is missing, unknown or out of range."""


class StoreError(MarqueeError):
    """The store cannot do what was asked."""


class StoreBusy(StoreError):
    """Another process holds the store; the message says who."""


class StoreVersionError(StoreError):
    """The store was written by a newer Marquee."""


class NotFound(MarqueeError):
    """An id, external key or run that the store does not hold."""


class DeadlineExceeded(StoreError):
    """A read that was stopped because its deadline passed."""


class CursorError(MarqueeError):
    """A paging cursor that was not issued for this list."""


class ModelError(MarqueeError):
    """No usable model, or an artifact that does not fit."""


class MissingExtra(MarqueeError):
    """An optional part of Marquee is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"{package} is not installed.",
            mend=f"Install it with: pip install 'marquee-kg[{extra}]'",
        )
