"""Forms whose notation and headers settle what looks unsure, or leave it to the person."""

from __future__ import annotations

from tests.unit.authoring.forms import ALE, KIL, Figure, Form, text


def points_before_a_comma() -> Form:
    content = "Kommun;Kostnad 2024, tkr;Antal 2024\nKil;1.650,5;1.650\nAle;950,5;12\n"
    figures = [
        Figure(geo, "2024", unit, value)
        for geo, cost, count in ((KIL, 1.6505, 1650), (ALE, 0.9505, 12))
        for unit, value in (("MSEK", cost), ("count", count))
    ]
    return Form("punkter.csv", text(content), tuple(figures), None)


def lone_points() -> Form:
    content = "Kommun;Antal 2024\nKil;1.650\nAle;12\n"
    open_ = ("table.tabell-1",)
    return Form("en-punkt.csv", text(content), (), None, questions=2, open=open_)


SETTLED_FORMS = tuple(form() for form in (points_before_a_comma, lone_points))
