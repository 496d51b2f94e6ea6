"""Text from outside."""

from __future__ import annotations

from connectors.clean import printable, storable


def test_what_cannot_be_stored_becomes_a_replacement_and_all_else_stays() -> None:
    assert storable("a\x00b\ud800c 李雷 😀 \u202e") == "a\ufffdb\ufffdc 李雷 😀 \u202e"
    storable("\udfff\x00").encode("utf-8")


def test_what_is_printed_cannot_steer_a_terminal() -> None:
    assert printable("a\x1b[2Jb\x9bc\rd\u202ee\n\tf") == "a[2Jbcde\n\tf"
