"""Errors of understanding and commands.

IntentError
├── UnknownCommand     no command of that name
└── BadArguments       a command's arguments do not fit; each problem names the argument, its value and what fits

Expected refusals (not allowed, not found, changed since …) are crm_store's Refusal and become Outcomes.
"""

from __future__ import annotations


class IntentError(Exception):
    """Base of all."""


class UnknownCommand(IntentError):
    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__(f"no command {name!r}" + (f"; near: {', '.join(near)}" if near else ""))
        self.name = name
        self.near = near


class BadArguments(IntentError):
    def __init__(self, command: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{command}: " + "; ".join(problems))
        self.command = command
        self.problems = problems
