"""From what people write to commands, without a model; `understand.understand` is the way in."""
