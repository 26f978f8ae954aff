"""Figures, dates and ranges of years: what no table of examples can show."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese import dates, figures
from builder.vietnamese.findings import Finding, mended


def codes(text):
    return [(each.code, text[each.start : each.end], *each.hints) for each in figures.findings(text)]


def vietnamese(number, places):
    whole, _, part = f"{number:,.{places}f}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


@given(st.integers(1000, 10**12), st.sampled_from(["đồng", "người", "hộ dân", "đảng viên"]))
def test_thousands_in_the_english_way_are_found_and_in_the_vietnamese_way_are_not(number, unit):
    assert codes(f"Có {number:,} {unit}.") == [("NUM_EN", f"{number:,}", vietnamese(number, 0))]
    assert codes(f"Có {vietnamese(number, 0)} {unit}.") == []


@given(st.integers(0, 10**6), st.integers(1, 2), st.sampled_from(["%", " %", " ha", " triệu đồng", " °C"]))
def test_decimals_in_the_english_way_are_found_and_in_the_vietnamese_way_are_not(number, places, unit):
    decimal = f"{number / 10**places:.{places}f}"
    assert codes(f"Có {decimal}{unit}.") == [("NUM_EN", decimal, decimal.replace(".", ","))]
    assert codes(f"Có {decimal.replace('.', ',')}{unit}.") == []


@pytest.mark.parametrize("label", ["Điều", "khoản", "mục", "Bảng", "tr.", "số", "phiên bản"])
@pytest.mark.parametrize("number", ["1.5", "12.25", "1,500"])
def test_what_has_a_label_is_no_quantity(label, number):
    assert codes(f"Theo {label} {number} người") == []


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from("/-."))
def test_every_day_of_the_calendar_is_let_pass(day, mark):
    text = f"Họp ngày {day.day:02}{mark}{day.month:02}{mark}{day.year}; {dates.long_date(day)}, tháng {day.month}."
    assert codes(text) == []


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2100))
def test_a_day_that_no_calendar_has_is_found(day, month, year):
    written = f"{day:02}/{month:02}/{year}"
    found = [("DATE_IMPOSSIBLE", written)] if dates.parse_date(written) is None else []
    assert codes(f"Họp {written}.") == found


def test_roman_numerals_of_one_character_become_letters():
    every = "".join(map(chr, range(0x2160, 0x2180)))
    assert mended(every, figures.findings(every)) == (
        "IIIIIIIVVVIVIIVIIIIXXXIXIILCDM" + "IIIIIIIVVVIVIIVIIIIXXXIXIILCDM".lower()
    )
    assert figures.findings("Khóa Ⅻ") == (Finding("ROMAN_BLOCK", 5, 6, "XII"),)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2021 - 2025, 2021-2025, 2021–2025, 2021 – 2025", [" - ", "-", "–", " – "]),
        ("nhiệm kỳ 1858\u00a0-\u00a01945", [" - "]),
        ("2025 - 2021, 12 - 15, 1500 - 1600", []),  # no years
        ("1800 - 2000 ha, 2000-2500 người", []),
        ("số 2021-2025/KH, 2021-2025-2030, 0901-2021", []),
        ("2021 -2025", []),  # neither form
    ],
)
def test_ranges_of_years_are_told_with_their_form(text, forms):
    found = list(figures.ranges(text))
    assert [form for form, _, _ in found] == forms
    assert all(text[start:end][:4].isdecimal() and text[start:end][-4:].isdecimal() for _, start, end in found)
