"""From what people write to commands, without a model."""

from intents.understanding.understand import understand

__all__ = ["understand"]
