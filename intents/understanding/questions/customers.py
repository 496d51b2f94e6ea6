"""What a customer may ask of the data: their own tickets, and nothing else."""

from __future__ import annotations


def read_customer_question(u: object, scene: object) -> None:
    return None
