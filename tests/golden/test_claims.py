"""The prose of the real reports: which lines contradict their tables, by hand and by figures."""

import pytest

from ojmf.claims import audit_lines
from ojmf.claims.findings import FAILING
from ojmf.ingest.document import Document, read_document
from tests.golden.test_sources import WORKSPACE, whole

DELARSRAPPORT = "solna-delarsrapport-2025-08"
PLAN = "solna-verksamhetsplan-2023"
ANSWERS = "solna-oj-2024"
SCANNED = "enkoping-delarsrapport-2024-08"

# Line of the text, the figure that it states (null for a direction) and what the tables give.
CONTRADICTIONS: dict[str, list[tuple[int, float | None, str]]] = {
    DELARSRAPPORT: [
        (33, 5.8, "5,5 %"),
        (87, 5.8, "5,5 %"),
        (202, 25.0, "20"),
        (370, 5.8, "5,5 %"),
        (370, 0.1, "−1,0"),
        (398, 1.8, "1,9"),
        (402, 2.3, "1,3"),
        (404, 1.8, "2,3"),
        (590, None, "4 av 5 månader är högre, inte maj"),
        (636, 7.0, "−6"),
        (790, None, "6 av 8 månader är lika, inte jan, feb"),
        (866, None, "60 mot 48"),
    ],
    PLAN: [
        (34, 2.0, "1,2 procent"),
        (97, 2.0, "1,2 procent"),
        (281, 2.0, "1,2 procent"),
        (296, 1.2, "2 procent"),
    ],
    ANSWERS: [],
    SCANNED: [(439, 30.8, "−39,8")],
}
NOT_COMPARABLE = {(232, 61.0), (234, 204.0), (259, 772.0), (259, 244.0), (292, 65.0)}
AGREEING: dict[str, list[tuple[int, float]]] = {
    DELARSRAPPORT: [
        (31, 146.3), (31, 8.1), (200, 271), (200, 274), (204, 67), (204, 11), (236, 327),
        (261, 76), (364, 12.7), (370, 4.6), (387, 3.4), (472, 7.2), (480, 87.1), (686, 199),
        (686, 206), (864, 2),
    ],
    PLAN: [(42, 227.4), (307, 0.1)],
    ANSWERS: [(49, 25), (49, 9), (55, 24), (55, 7), (61, 23), (61, 6), (61, 3), (71, 20),
              (71, 5), (77, 14), (77, 5), (298, 58_500)],
    SCANNED: [(371, 179.5), (373, 274.7), (431, 83.2), (431, 76.2), (447, 34.3), (554, 1.5)],
}  # fmt: skip


@pytest.fixture(scope="module")
def audits():
    made = {}

    def of(source_id):
        if source_id not in made:
            source = WORKSPACE.source(source_id)
            made[source_id] = audit_lines(WORKSPACE, source, read_document(whole(source_id)))
        return made[source_id]

    return of


@pytest.mark.parametrize("source_id", CONTRADICTIONS)
def test_what_is_called_wrong_is_what_a_person_found_wrong(audits, source_id):
    frame = audits(source_id)
    wrong = frame.filter(frame["verdict"].is_in([v.value for v in FAILING]))
    got = [
        (row["line"], row["values"][0] if row["values"] else None, row["expected"])
        for row in wrong.iter_rows(named=True)
    ]
    assert got == CONTRADICTIONS[source_id]


@pytest.mark.parametrize("source_id", AGREEING)
def test_what_agrees_is_said_to_agree(audits, source_id):
    frame = audits(source_id)
    right = frame.filter(frame["verdict"].str.starts_with("agrees"))
    found = {(row["line"], v) for row in right.iter_rows(named=True) for v in row["values"]}
    assert set(AGREEING[source_id]) <= found


def test_part_of_a_year_is_not_compared_with_a_year(audits):
    frame = audits(DELARSRAPPORT)
    unlike = frame.filter(frame["verdict"] == "not_comparable")
    found = {(row["line"], v) for row in unlike.iter_rows(named=True) for v in row["values"]}
    assert found == NOT_COMPARABLE


def test_the_table_closes_the_sum_that_the_text_breaks(audits):
    frame = audits(DELARSRAPPORT)
    notes = {row["line"]: row["note"] for row in frame.iter_rows(named=True) if row["note"]}
    assert notes[402] == (
        "tabellens 1,3 stämmer med summan på raden ”Verksamhetens nettokostnader”"
        " (1,9 + 3,0 + 1,3 + 2,3 = 8,5 mot 8,5); textens 2,3 gör det inte"
    )


# Altered reports: on a line, a text is replaced; the line must then be reported.
ALTERED = [
    (DELARSRAPPORT, 31, "146,3", "164,3"),
    (DELARSRAPPORT, 204, "67", "76"),
    (DELARSRAPPORT, 362, "ökat", "minskat"),
    (DELARSRAPPORT, 387, "överskott", "underskott"),
    (DELARSRAPPORT, 588, "ökat", "minskat"),
    (DELARSRAPPORT, 686, "206", "216"),
    (DELARSRAPPORT, 686, "januari-augusti", "januari-juni"),
    (DELARSRAPPORT, 862, "sedan februari", "sedan januari"),
    (DELARSRAPPORT, 862, "i januari 2025", "i mars 2025"),
    (ANSWERS, 49, "varav 9", "varav 8"),
    (PLAN, 42, "227,4", "224,7"),
]


@pytest.mark.parametrize(("source_id", "line", "before", "after"), ALTERED)
def test_an_altered_sentence_is_reported(source_id, line, before, after):
    lines = list(read_document(whole(source_id)).lines)
    assert before in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(before, after, 1)
    frame = audit_lines(WORKSPACE, WORKSPACE.source(source_id), Document("utkast", lines, None))
    wrong = frame.filter(frame["verdict"].is_in([v.value for v in FAILING]))
    was = [place for place, *_ in CONTRADICTIONS[source_id]]
    assert wrong["line"].to_list().count(line) > was.count(line)
