"""A document of another municipality than the person says is never read as that one's."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from ojmf.authoring import draft_source
from ojmf.errors import SelectionError
from tests.unit.authoring.reports import WORKSPACE

_ROWS = "Verksamhet\tUtfall 2024\tBudget 2024\nSkola\t410,5\t402,0\nOmsorg\t390,1\t395,5\n"
_PLACES = "Kommun\tÅr\tAntal barn\n{0}\t2023\t412\n{0}\t2024\t420\n"


def drafted(tmp_path: Path, content: str, kommun: str = "1715") -> None:
    path = tmp_path / "siffror.txt"
    path.write_text(content, encoding="utf-8")
    draft_source(WORKSPACE, path, "prov", kommun)


@pytest.mark.parametrize(
    "content",
    [
        f"Arvika kommun, driftredovisning i mkr\n\n{_ROWS}",
        f"Arvika kommun, ekonomienheten\tBelopp i mkr\n\n{_ROWS}",
        f"Driftredovisning i mkr\n\n{_ROWS}\nArvika kommun, volymer\n\n{_ROWS}",
        _PLACES.format("Arvika"),
        _PLACES.format("1784 Arvika") + "Riket\t2024\t120420\n",
    ],
)
def test_a_document_of_another_municipality_is_refused(tmp_path, content):
    with pytest.raises(SelectionError, match="från Arvika, och har inga tal för Kil"):
        drafted(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        f"Driftredovisning i mkr\n\n{_ROWS}",
        f"Kil, i samverkan med Arvika kommun, driftredovisning i mkr\n\n{_ROWS}",
        f"Arvika och Kils kommun, driftredovisning i mkr\n\n{_ROWS}",
        _PLACES.format("Arvika") + "Kil\t2024\t88\n",
        _PLACES.format("Arvika") + "Säffle\t2024\t88\n",
        "Nyckeltal\tKommunen 2024\tArvika 2024\nBarn, antal\t412\t390\nLärare, antal\t41\t39\n",
    ],
)
def test_a_document_that_may_be_of_the_municipality_is_drafted(tmp_path, content):
    drafted(tmp_path, content)


_ANSWERS = "Våld i nära relation\n\nIndikator\tKommunen\tLänet\tRiket\n" + "".join(
    f"{name}\tJA\t{share}\t60\n"
    for name, share in (
        ("Aktuell överenskommelse om samverkan med polisen", 51),
        ("Aktuell överenskommelse om samverkan med kvinnojourer", 60),
    )
)


@pytest.mark.parametrize(
    ("others", "kommunen", "lanet"),
    [({"00", "1715"}, "1715", "17"), ({"1715", "1784"}, None, None), ({"00"}, None, None)],
)
def test_the_only_municipality_of_a_workspace_is_proposed(
    tmp_path, monkeypatch, others, kommunen, lanet
):
    whose = {geo: SimpleNamespace(geo=geo) for geo in others}
    monkeypatch.setattr(WORKSPACE, "sources", whose)
    path = tmp_path / "svar.txt"
    path.write_text(_ANSWERS, encoding="utf-8")
    asked = {one.key: one for one in draft_source(WORKSPACE, path, "prov", None).questions}
    assert asked["place.kommunen"].proposal == kommunen
    assert asked["place.lanet"].proposal == lanet
    why = "för arbetsytans andra dokument är från Kil"
    assert (why in asked["place.lanet"].question) is (lanet is not None)
