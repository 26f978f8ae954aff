"""Dates: what is written is read back; what no calendar has is no date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.vietnamese.dates import long_date, parse_date, short_date, weekday

DATES = st.dates(min_value=datetime.date(1000, 1, 1))


@given(DATES)
def test_every_way_of_writing_a_date_is_read_back(date):
    ways = (
        short_date(date),
        date.isoformat(),
        f"{date.day}-{date.month}-{date.year}",
        f" {date.day:02d}/{date.month:02d}/{date.year}\n",
    )
    assert [parse_date(way) for way in ways] == [date] * len(ways)


@given(DATES)
def test_a_zero_stands_before_small_days_and_the_first_two_months(date):
    _, day, _, month, _, year = long_date(date).split()
    assert (int(day), int(month), int(year)) == (date.day, date.month, date.year)
    assert day.startswith("0") == (date.day < 10)
    assert month.startswith("0") == (date.month < 3)


def test_the_week_begins_with_the_second_day():
    monday = datetime.date(2026, 3, 2)
    week = [weekday(monday + datetime.timedelta(days=day)) for day in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


@given(st.text())
def test_any_text_is_a_date_or_none(text):
    assert parse_date(text) is None or isinstance(parse_date(text), datetime.date)


@pytest.mark.parametrize("text", ["0/1/2026", "1/0/2026", "1/1/0000", "1/1/26", "٣/٤/2026", "2026-4-3", "1 / 1 / 2026"])
def test_near_misses_are_none(text):
    assert parse_date(text) is None
