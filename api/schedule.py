"""Keeping a refresh on schedule, in the foreground and in one thread.

One thread is the point: a run that lasts past its next time simply skips it, and a signal stops the run
where it stands, whose block then takes it back whole.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Mapping
from datetime import datetime
from types import FrameType

from apscheduler.triggers.cron import CronTrigger

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.schema.errors import MarqueeError, SettingsError


class _Stopped(BaseException):
    """SIGTERM: passes through every handler of ordinary errors."""


def keep(desk: Desk, cron: str, as_json: bool) -> None:
    """Refreshes on the cron schedule (local time) until SIGTERM or SIGINT.

    Raises SettingsError for a line that is no schedule. A refresh that fails, or finds the store held by
    another process, is reported and the next one comes at its time.
    """
    when = trigger(cron)
    signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            next_ = when.get_next_fire_time(None, datetime.now().astimezone())
            _say(as_json, {"schedule": cron, "next": next_.isoformat(timespec="seconds")})
            _wait_until(next_)
            _once(desk, as_json)
    except (KeyboardInterrupt, _Stopped):
        _say(as_json, {"stopped": "cleanly"})


def trigger(cron: str) -> CronTrigger:
    """The trigger of a five-field cron line. Raises SettingsError with the reason."""
    try:
        return CronTrigger.from_crontab(cron)
    except ValueError as error:
        raise SettingsError(
            f"{cron!r} is no cron schedule: {error}.", mend="Write five fields: minute hour day month weekday."
        ) from None


def _wait_until(moment: datetime) -> None:
    while (left := moment.timestamp() - time.time()) > 0:
        time.sleep(min(left, 60.0))  # the wall clock may be set meanwhile


def _once(desk: Desk, as_json: bool) -> None:
    try:
        _say(as_json, jobs.refresh(desk).as_dict())
    except MarqueeError as error:
        _say(as_json, {"skipped": str(error)})


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stopped


def _say(as_json: bool, what: Mapping[str, object]) -> None:
    line = json.dumps(what, default=str) if as_json else "  ".join(f"{key}: {value}" for key, value in what.items())
    print(line, flush=True)
