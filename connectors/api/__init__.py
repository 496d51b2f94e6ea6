"""The REST interface: send messages, run commands, read the journal."""
