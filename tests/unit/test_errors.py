"""Errors leave a process pool whole, with their faults and their places."""

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from ojmf import errors
from ojmf.errors import Fault, InputError, TableError, why_no_json
from ojmf.ingest.readers import read_file

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.OjmfError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_the_same_on_the_other_side_of_a_pickle(kind):
    faults = [Fault("fil.pdf", "tabellen saknas", 7, "Nyckeltal"), "en annan fault"]
    copy = pickle.loads(pickle.dumps(kind(faults)))
    assert type(copy) is kind
    assert copy.faults == tuple(faults)
    assert (copy.faults[0].line, copy.faults[0].table) == (7, "Nyckeltal")
    assert str(copy) == "\n".join(faults)


def test_every_kind_has_a_code_of_its_own():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_one_text_is_one_fault():
    assert InputError("filen saknas").faults == ("filen saknas",)
    assert str(TableError(["a", "b"])) == "a\nb"


def test_a_damaged_document_does_not_break_a_process_pool(tmp_path):
    damaged = tmp_path / "fil.xlsx"
    damaged.write_bytes(b"PK\3\4 no workbook")
    sound = [tmp_path / f"fil {number}.csv" for number in range(2)]
    for number, path in enumerate(sound):
        path.write_text(f"Post;2024\nHyror;{number}\n", encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        before, broken, after = (
            pool.submit(read_file, path) for path in (sound[0], damaged, sound[1])
        )
        with pytest.raises(InputError, match=r"fil\.xlsx"):
            broken.result(timeout=60)
        read = [one.result(timeout=60).lines[1] for one in (before, after)]
    assert read == ["Hyror\t0", "Hyror\t1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'{\n "a" 1}', "rad 2, tecken 6: filen är inte rätt skriven (JSON)"),
        ('"å"'.encode("latin-1"), "filen är inte i UTF-8"),
        (b"[" * 100_000, "för djupt nästlad"),
        (b'{"value": []}', "”id” saknas"),
        (b"[]", "delarna är ordnade på annat sätt"),
    ],
)
def test_why_a_file_is_not_the_json_that_was_expected_is_said_in_swedish(text, said):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each kind has its words
        json.loads(text.decode("utf-8"))["id"]
    assert why_no_json(caught.value) == said
