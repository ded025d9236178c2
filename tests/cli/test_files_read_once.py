"""A command reads a document once, whatever it makes of it: a large one takes its time each."""

import pytest

from ojmf.ingest.readers import text
from tests.cli.test_import import NEXT
from tests.cli.test_source_new import REPORT

OF_A_SOURCE = ("oj.txt", NEXT)
NEW = ("ny.txt", REPORT)


@pytest.mark.parametrize(
    ("file", "words", "told"),
    [
        (NEW, ("source", "new", "FILE", "--kommun", "Solna"), "4 frågor"),
        (NEW, ("import", "FILE", "--kommun", "Solna", "--accept-all"), "ett nytt dokument"),
        (OF_A_SOURCE, ("import", "FILE", "--accept-all"), "nästa dokument efter"),
        (OF_A_SOURCE, ("source", "next", "SOURCE", "FILE", "--accept-all"), "nästa dokument"),
        (OF_A_SOURCE, ("import", "FILE", "--source", "SOURCE", "--accept-all"), "en ny utgåva"),
    ],
    ids=["draft", "new", "successor", "next", "edition"],
)
def test_a_document_is_read_once(run, root, monkeypatch, file, words, told):
    name, content = file
    path = root / name
    path.write_text(content, encoding="utf-8", newline="\n")
    read, times = text.read, []

    def counted(path):
        times.append(path)
        return read(path)

    monkeypatch.setattr(text, "read", counted)
    result = run(
        *({"FILE": path, "SOURCE": "prov-2024"}.get(word, word) for word in words), input="n\n"
    )
    assert times == [path]
    assert told in result.stdout + result.stderr
