"""Talk to the assistant in a terminal, or through a pipe."""
