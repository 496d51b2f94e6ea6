"""Readers: each recognises one kind of thing people ask for and drafts the commands for it."""
