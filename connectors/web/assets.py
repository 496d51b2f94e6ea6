"""Our scripts, styles and pictures: read once, named with a hash of their content, so that a browser may keep them."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from typing import NamedTuple

from aiohttp import web

from connectors.errors import NotFound

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_IMPORT = re.compile(rb'from "\./([a-z]+\.js)"')


class Asset(NamedTuple):
    content: bytes
    media_type: str
    version: str


class Assets:
    """The files of the folder `assets`. A module that imports another is sent with the other's versioned name."""

    def __init__(self) -> None:
        folder = resources.files("connectors.web") / "assets"
        self._raw = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(tuple(_TYPES))}
        self._ready: dict[str, Asset] = {}
        for name in self._raw:
            self._prepare(name)

    def url(self, name: str) -> str:
        """The address under which this very version may be kept for ever."""
        return f"/assets/{name}?v={self._ready[name].version}"

    async def send(self, request: web.Request) -> web.Response:
        """One asset. Raises NotFound."""
        name = request.match_info["name"]
        if name not in self._ready:
            raise NotFound("there is no such file")
        is_versioned = request.query.get("v") == self._ready[name].version
        return self.response(name, "public, max-age=31536000, immutable" if is_versioned else "no-cache")

    def response(self, name: str, caching: str) -> web.Response:
        """The asset with a caching rule."""
        asset = self._ready[name]
        headers = {"Cache-Control": caching, "ETag": f'"{asset.version}"'}
        return web.Response(body=asset.content, content_type=asset.media_type, charset="utf-8", headers=headers)

    def _prepare(self, name: str) -> Asset:
        if name not in self._ready:
            content = _IMPORT.sub(
                lambda found: f'from "./{found[1].decode()}?v={self._prepare(found[1].decode()).version}"'.encode(),
                self._raw[name],
            )
            media_type = _TYPES[name[name.rindex(".") :]]
            self._ready[name] = Asset(content, media_type, hashlib.sha256(content).hexdigest()[:12])
        return self._ready[name]
