"""Which characters a pattern may begin with, so that at each place only the patterns that can match are tried."""

import re


def openings(pattern: str) -> set[str]:
    """The first characters of what the pattern matches. Knows the small part of the syntax that word files use."""
    branches = _split(pattern)
    if len(branches) > 1:
        return set().union(*map(openings, branches))
    if not pattern:
        return set()
    head, rest = _head(pattern)
    optional = rest[:1] in ("?", "*")
    if head.startswith(("(?=", "(?!", "(?<")):
        return openings(rest)
    if rest[:1] in ("?", "*", "+"):
        rest = rest[1:]
    elif rest[:1] == "{":
        optional = rest.startswith("{0")
        rest = rest[rest.index("}") + 1 :]
    first = _first(head)
    return first | openings(rest) if optional else first


def _first(head: str) -> set[str]:
    if head.startswith("("):
        return openings(head[3 if head.startswith("(?:") else 1 : -1])
    if head.startswith("["):
        return _members(head[1:-1])
    return {head[-1]}


def _members(inside: str) -> set[str]:
    """The characters of a class such as a-z0-9."""
    found = set(re.sub("(.)-(.)", "", inside))
    for low, high in re.findall("(.)-(.)", inside):
        found |= {chr(code) for code in range(ord(low), ord(high) + 1)}
    return found


def _head(pattern: str) -> tuple[str, str]:
    """The first group, class or character, and what follows it."""
    if pattern[0] == "\\":
        return pattern[:2], pattern[2:]
    if pattern[0] == "[":
        end = pattern.index("]", 1) + 1
        return pattern[:end], pattern[end:]
    if pattern[0] != "(":
        return pattern[0], pattern[1:]
    end = _closing(pattern)
    return pattern[:end], pattern[end:]


def _closing(pattern: str) -> int:
    depth, at = 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = pattern.index("]", at + 1)
        depth += (char == "(") - (char == ")")
        at += 1
        if depth == 0:
            return at
    raise ValueError(f"unbalanced brackets in {pattern!r}")


def _split(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern."""
    branches, rest, current = [], pattern, ""
    while rest:
        if rest[0] == "|":
            branches.append(current)
            current, rest = "", rest[1:]
            continue
        head, rest = _head(rest)
        current += head
    return [*branches, current]
