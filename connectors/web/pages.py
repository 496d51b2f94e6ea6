"""HTML of the pages. Every value is escaped by Jinja; templates hold no script and no style."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from connectors.conversation import client_id
from connectors.ports import Delivery
from connectors.text import citation_title, cut_note, has_rows, is_choice
from connectors.web.assets import Assets
from connectors.web.days import day_label, day_of, hour_of
from connectors.web.settings import WebSettings
from connectors.words import Language, words


class Pages:
    """Renders templates in a language."""

    def __init__(self, settings: WebSettings, assets: Assets) -> None:
        self._settings = settings
        self._jinja = Environment(
            loader=PackageLoader("connectors.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals |= {
            "asset": assets.url,
            "site": settings.name,
            "zone": settings.time_zone,
            "is_choice": is_choice,
            "citation_title": citation_title,
            "cut_note": cut_note,
            "has_rows": has_rows,
            "safe_url": safe_url,
            "initials": initials,
        }

    def render(self, template: str, language: Language, status: int = 200, **slots: Any) -> web.Response:
        """A page that no cache may keep. `w` in the template holds the words of the language."""
        text = self._jinja.get_template(template).render(w=words(language), language=language, **slots)
        return web.Response(text=text, content_type="text/html", status=status, headers={"Cache-Control": "no-store"})

    def turns(self, deliveries: Sequence[Delivery], now: datetime, language: Language) -> list[dict[str, Any]]:
        """The transcript: each delivery with its hour, and the day's label where a day begins."""
        zone, today = self._settings.time_zone, day_of(now, self._settings.time_zone)
        turns: list[dict[str, Any]] = []
        last_day = None
        for delivery in deliveries:
            day = day_of(delivery.at, zone)
            label = day_label(day, today, language) if day != last_day else ""
            hour = hour_of(delivery.at, zone)
            message = client_id(delivery.in_reply_to)
            turns.append(
                {"delivery": delivery, "message": message, "hour": hour, "day": label, "date": day.isoformat()}
            )
            last_day = day
        return turns


def chat_words(language: Language) -> dict[str, str]:
    """The words that the page's script needs."""
    wanted = ("chat.", "reply.", "problem.")
    return {key: value for key, value in words(language).items() if key.startswith(wanted)}


def safe_url(url: str | None) -> str | None:
    """The address if a click on it can only open a page: http, https, or a path of our own."""
    if not url:
        return None
    if url.startswith("/") and not url.startswith(("//", "/\\")):
        return url
    return url if urlsplit(url).scheme in ("http", "https") and url.isprintable() else None


def initials(name: str) -> str:
    """What stands in the round picture: the last two characters of a Chinese name, two initials of another."""
    if not name.isascii():
        return name.strip()[-2:]
    return "".join(part[0] for part in name.split()[:2]).upper() or "?"
