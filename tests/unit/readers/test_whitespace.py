"""Tables of a page without rules, by the white space between and below their words."""

from __future__ import annotations

from ojmf.ingest.readers.whitespace import Line, Word, lines_of, rows_of, runs

LETTER, HEIGHT = 5.5, 11.0


def page(*lines: tuple[float, dict[float, str]]) -> list[Line]:
    """Lines by their height on the page, each with its texts by where they begin."""
    words = []
    for top, texts in lines:
        for left, text in texts.items():
            at = left
            for word in text.split():
                words.append(Word(word, at, at + LETTER * len(word), top, top + HEIGHT))
                at += LETTER * (len(word) + 0.5)
    return lines_of(words)


def table(lines: list[Line]) -> list[list[str]]:
    (found,) = [rows_of(run) for run, is_table in runs(lines, []) if is_table]
    return found


def test_one_tight_line_does_not_run_columns_together() -> None:
    lines = page(
        (100, {90: "Post", 176: "Utfall 2024", 262: "Budget 2024"}),
        (124, {90: "Pensioner", 176: "–41", 262: "–43"}),
        (148, {90: "Skatteintäkter", 176: "712", 262: "709"}),  # 9 points to the figure
    )
    assert table(lines)[1:] == [["Pensioner", "–41", "–43"], ["Skatteintäkter", "712", "709"]]


def test_the_last_label_goes_on_below_its_row() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (124, {90: "Boende i", 176: "388", 262: "392"}),
        (138, {90: "gruppbostad"}),
        (162, {90: "Platser,", 176: "91", 262: "94"}),
        (176, {90: "beläggning"}),
        (190, {90: "i procent"}),
        (230, {90: "Under året har fler fått en plats i boendet"}),
    )
    assert [row[0] for row in table(lines)] == [
        "Mått",
        "Boende i gruppbostad",
        "Platser, beläggning i procent",
    ]


def test_a_note_below_a_table_is_none_of_its_labels() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (124, {90: "Boende i", 176: "388", 262: "392"}),
        (138, {90: "gruppbostad"}),
        (162, {90: "Platser", 176: "91", 262: "94"}),
        (176, {90: "Källa: Kolada"}),
    )
    assert table(lines)[-1] == ["Platser", "91", "94"]


def test_rows_as_close_as_the_line_below_them_take_no_label_from_it() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (114, {90: "Boende", 176: "388", 262: "392"}),
        (128, {90: "Platser", 176: "91", 262: "94"}),
        (142, {90: "Personal"}),
    )
    assert [row[0] for row in table(lines)] == ["Mått", "Boende", "Platser"]


def test_where_all_lines_stand_alike_words_tell_what_goes_on() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023-08", 262: "Prognos 2025-"}),
        (110, {262: "12"}),
        (120, {90: "Boende i", 176: "388", 262: "392"}),
        (130, {90: "särskilt boende"}),
        (140, {90: "Samverkan med", 176: "7", 262: "8"}),
        (150, {90: "Länsstyrelsen"}),
        (160, {90: "Personal"}),
        (170, {90: "Tjänster", 176: "91", 262: "94"}),
        (180, {90: "per enhet"}),
    )
    assert table(lines) == [
        ["Mått", "2023-08", "Prognos 2025- 12"],
        ["Boende i särskilt boende", "388", "392"],
        ["Samverkan med Länsstyrelsen", "7", "8"],
        ["Personal", "", ""],
        ["Tjänster per enhet", "91", "94"],
    ]


def test_a_row_never_joins_its_header() -> None:
    lines = page(
        (100, {176: "Totalt", 262: "Kvinnor"}),
        (124, {90: "Grupp", 176: "2024-07", 262: "2025-07"}),
        (134, {90: "Sjukfrånvaro", 176: "8,4", 262: "7,9"}),
        (144, {90: "varav lång", 176: "3,9", 262: "3,5"}),
    )
    assert [row[0] for row in table(lines)] == ["", "Grupp", "Sjukfrånvaro", "varav lång"]


def test_columns_that_stand_close_are_parted_as_their_figures_are() -> None:
    lines = page(
        (100, {90: "Kommun", 176: "Antal", 264.75: "A %", 292.75: "K %"}),
        (124, {90: "Kil", 176: "5 420", 256.5: "10,4", 284.5: "10,9"}),  # 6 points apart
        (148, {90: "Ale", 187: "312", 262: "5,6", 290: "5,4"}),
    )
    assert table(lines) == [
        ["Kommun", "Antal", "A %", "K %"],
        ["Kil", "5 420", "10,4", "10,9"],
        ["Ale", "312", "5,6", "5,4"],
    ]
