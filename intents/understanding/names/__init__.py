"""Names of records: found in running text, or looked up one by one."""

from intents.understanding.names.index import NameIndex
from intents.understanding.names.model import Candidate, MatchKind, NameMention, NameSource
from intents.understanding.names.ranking import rank_by_words

__all__ = ["Candidate", "MatchKind", "NameIndex", "NameMention", "NameSource", "rank_by_words"]
