"""Money and numbers the way people write them, never rounded: 60万元, $1.1M, but ¥123,456."""

from __future__ import annotations

from decimal import Decimal

SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$"}
CHINESE_UNITS = {"CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元"}

Number = Decimal | int | float


def number_text(value: Number) -> str:
    """Thousands separated, at most two decimals, no empty ones."""
    exact = Decimal(str(value))
    if exact == exact.to_integral_value():
        return f"{int(exact):,}"
    return f"{exact:,.2f}".rstrip("0").rstrip(".")


def money_text(value: Number, currency: str | None, language: str) -> str:
    """An amount in currency units; the currency is left out only where it is not known."""
    exact = Decimal(str(value))
    sign, size = ("-", -exact) if exact < 0 else ("", exact)
    if language == "zh":
        unit = CHINESE_UNITS.get(currency, f" {currency}") if currency else ""
        return f"{sign}{_chinese(size)}{unit}"
    if currency is None:
        return f"{sign}{_english(size)}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{_english(size)}" if symbol else f"{sign}{currency} {_english(size)}"


def _chinese(value: Decimal) -> str:
    """亿 with up to two decimals, 万 with up to one, where that is exact."""
    for size, unit, step in ((10**8, "亿", 10**6), (10**4, "万", 10**3)):
        if value >= size and value % step == 0:
            return f"{_plain(value / size)}{unit}"
    return number_text(value)


def _english(value: Decimal) -> str:
    """Millions with up to two decimals, thousands from 10k on, where that is exact."""
    if value >= 10**6 and value % 10**4 == 0:
        return f"{_plain(value / 10**6)}M"
    if 10**4 <= value < 10**6 and value % 1000 == 0:
        return f"{_plain(value / 1000)}k"
    return number_text(value)


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
