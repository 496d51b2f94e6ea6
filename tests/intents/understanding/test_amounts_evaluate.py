from intents.understanding.amounts_evaluate import evaluate_amounts


def readings(text: str) -> list[tuple[str, float, str | None]]:
    (row,) = evaluate_amounts([{"id": "1", "lang": "zh", "text": text}])
    return [(reading["kind"], reading["value"], reading["currency"]) for reading in row["found"]]


def test_a_sum_is_reported_as_money_and_as_a_number() -> None:
    assert readings("$80k") == [("money", 80000.0, "USD"), ("number", 80000.0, None)]


def test_the_data_has_what_is_paid_of_a_discount_in_tenths() -> None:
    assert readings("打85折")[0] == ("percent", 85.0, None)


def test_the_data_has_cents_in_cents() -> None:
    assert readings("down 34 cents")[0] == ("money", 34.0, None)


def test_both_ends_of_a_range_are_reported() -> None:
    assert [value for kind, value, _ in readings("5-20%") if kind == "percent"] == [5.0, 20.0]


def test_each_row_tells_how_long_it_took() -> None:
    (row,) = evaluate_amounts([{"id": "7", "text": "nothing"}])
    assert row["id"] == "7"
    assert row["found"] == []
    assert row["millis"] > 0
