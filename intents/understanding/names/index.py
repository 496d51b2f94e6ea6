"""The name index: which records a text names, or a given name may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intents.understanding.names.finder import Layer, Search
from intents.understanding.names.model import Candidate, NameMention, NameSource
from intents.understanding.names.segment import Segment
from intents.understanding.names.slips import with_slips
from intents.understanding.names.wanted import meant


@dataclass(frozen=True, slots=True)
class _State:
    """Layers from the oldest and largest to the newest; replaced as one, so that readers need no lock."""

    layers: tuple[Layer, ...] = ()


class NameIndex:
    """Names of records, found in running text and one by one.

    Any number of threads may read while one writes: a reader keeps the state it began with.
    """

    def __init__(self, sources: Iterable[NameSource] = ()) -> None:
        """Index the sources; of two for the same record the last counts."""
        self._state = _State()
        self.update(sources)

    def copy(self) -> NameIndex:
        """An index with the same names that changes on its own; costs nothing."""
        twin = NameIndex()
        twin._state = self._state
        return twin

    def update(self, sources: Iterable[NameSource]) -> None:
        """Add, rename or remove records; the next search sees it.

        A large index is not built again: what is new makes a small layer over it, and layers of like size are joined.
        Most changed records are named as before; they change nothing here.
        """
        latest = {(s.record, s.id): s for s in sources}
        latest = {key: s for key, s in latest.items() if self._source(*key) != (None if s.gone else s)}
        if not latest:
            return
        layers = [_hiding(layer, latest) for layer in self._state.layers]
        fresh = Segment(s for s in latest.values() if not s.gone)
        if fresh.sources:
            layers.append(Layer(fresh, frozenset()))
        self._state = _State(tuple(_joined(layers)))

    def find(self, text: str, *, records: frozenset[str] | None = None, fuzzy: bool = True) -> list[NameMention]:
        """The names in a text, in its order, none overlapping another; of two that do the longer counts.

        text: in the spelling of `normalise`.
        records: the record types to find; all if None.
        fuzzy: also find names written with a slip.
        """
        search = Search(text, self._state.layers, records)
        found = search.named()
        if fuzzy:
            found = with_slips(search, found)
        return [search.mention(one) for one in search.without_others(found)]

    def lookup(self, name: str, records: frozenset[str] | None = None, limit: int = 5) -> list[Candidate]:
        """The records that a given name may mean, best first; less sure ones too, to ask "did you mean"."""
        return meant(name, self._state.layers, records)[:limit]

    def name_of(self, record: str, id: int) -> str | None:  # noqa: A002 - the name every record uses
        """A record's display name."""
        source = self._source(record, id)
        return None if source is None else source.name

    def _source(self, record: str, identity: int) -> NameSource | None:
        for layer in reversed(self._state.layers):
            ordinal = layer.segment.ordinal(record, identity)
            if ordinal is not None and ordinal not in layer.hidden:
                return layer.segment.sources[ordinal]
        return None


def _hiding(layer: Layer, replaced: Iterable[tuple[str, int]]) -> Layer:
    ordinals = (layer.segment.ordinal(record, identity) for record, identity in replaced)
    hidden = {ordinal for ordinal in ordinals if ordinal is not None} - layer.hidden
    return Layer(layer.segment, layer.hidden | hidden) if hidden else layer


def _joined(layers: list[Layer]) -> list[Layer]:
    """The layers, the newest joined into the one before while that one is not twice as large."""
    while len(layers) > 1 and len(layers[-2].segment.sources) < 2 * len(layers[-1].segment.sources):
        newest, older = layers.pop(), layers.pop()
        layers.append(Layer(Segment([*_live(older), *_live(newest)]), frozenset()))
    return layers


def _live(layer: Layer) -> list[NameSource]:
    return [s for ordinal, s in enumerate(layer.segment.sources) if ordinal not in layer.hidden]
