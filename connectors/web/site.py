"""What all parts of the web chat share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.ports import Desk, Speaker
from connectors.rate import RateLimit
from connectors.web.channel import WebChannel
from connectors.web.door import VISITOR, Door
from connectors.web.pages import Pages
from connectors.web.settings import WebSettings
from connectors.web.telling import Unanswered
from connectors.words import Language, words


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Site:
    """The parts, made once in app.py."""

    desk: Desk
    settings: WebSettings
    channel: WebChannel
    door: Door
    pages: Pages
    unanswered: Unanswered
    rate: RateLimit
    clock: Callable[[], datetime] = utc_now

    def suggestions(self, speaker: Speaker, language: Language) -> tuple[str, ...]:
        """What this person could say first."""
        own = self.settings.suggestions.get(speaker.id)
        if own:
            return tuple(own)
        return () if speaker.role == VISITOR else tuple(words(language)[f"try.{speaker.role}"].splitlines())
