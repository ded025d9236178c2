"""The audit as people and programs get it."""

import json
from html.parser import HTMLParser

import pytest

from ojmf.claims.findings import findings
from ojmf.model import Severity
from ojmf.present import claims as output
from ojmf.present.finding_formats import FORMATS
from ojmf.schema import FINDINGS
from tests.unit.claims.workspace import judged, make, report

PROSE = "Löner är 2,1 mkr högre än budget. Avgifterna uppgår till 12,0 mkr."


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    return judged(make(tmp_path_factory.mktemp("prov")), ekonomi=PROSE)


LINE = report(ekonomi=PROSE).index(PROSE) + 1


def test_a_finding_names_both_figures_and_both_lines(claims):
    frame = findings(claims, "prov")
    assert frame.schema == FINDINGS
    (row,) = frame.iter_rows(named=True)
    table_line = next(n for n, line in enumerate(report(ekonomi=PROSE), 1) if "Löner\t" in line)
    assert row["line"] == LINE
    assert row["severity"] == "critical"
    for part in ("2,1 mnkr", "−1,2", f"rad {table_line}", "”Löner”", "Avvikelse: −1,2"):
        assert part in row["message"]


def test_readable_rows_hold_what_agrees_as_well(claims):
    shown = output.readable(claims)
    assert shown.schema == output.READABLE
    assert shown["level"].to_list() == ["wrong", "right"]
    assert output.reported(shown).height == 1
    assert output.summary(claims) == "2 påståenden; stämmer inte med tabellen: 1, stämmer: 1."


def test_sarif_has_one_result_with_its_line_and_fingerprint(claims):
    log = json.loads(FORMATS["sarif"](output.report(claims, "prov", None)))
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert log["version"] == "2.1.0"
    assert result["level"] == "error"
    assert result["ruleId"] in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert place["region"]["startLine"] == LINE
    assert result["partialFingerprints"]["findingId/v1"] == claims["finding_id"][0]


def test_acknowledged_results_are_suppressed_with_their_reason(claims):
    import polars as pl

    known = claims.with_columns(
        accepted=pl.when(pl.col("verdict") == "contradicts").then(pl.lit("Känt fel."))
    )
    report = output.report(known, "prov", Severity.WARNING)
    (result,) = json.loads(FORMATS["sarif"](report))["runs"][0]["results"]
    (done,) = result["suppressions"]
    assert done["justification"] == "Känt fel."
    assert not report.fails().any()


def test_github_annotations_are_one_escaped_line_each(claims):
    text = FORMATS["github"](output.report(claims, "prov", None))
    assert text.count("\n") == 1
    assert text.startswith(f"::error file=prov.txt,line={LINE},title=stämmer inte med tabellen::")


def test_what_contradicts_fails_and_junit_says_so(claims):
    report = output.report(claims, "prov", Severity.WARNING)
    assert report.fails().to_list() == [True]
    assert 'tests="1" failures="1"' in FORMATS["junit"](report)


def test_the_page_is_whole_and_fetches_nothing(claims):
    page = output.page(claims, "Påståenden <i> prov")

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.rows, self.fetched = [], 0, []

        def handle_starttag(self, tag, attrs):
            if tag not in {"meta", "br"}:
                self.open.append(tag)
            self.rows += tag == "tr"
            self.fetched += [v for k, v in attrs if k in {"src", "href"}]

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.rows == 1 + claims.height
    assert reader.fetched == []
    assert "Påståenden &lt;i&gt; prov" in page


def test_markdown_puts_findings_before_the_rest(claims):
    text = output.markdown(claims, "Prov")
    assert text.index("## Fynd") < text.index("## Allt som har prövats")
    assert claims["finding_id"][0] in text


# What each kind of verdict says of itself: the sentence, and words of its message.
EXPLAINED = [
    ("ekonomi", "15 av 20 är nöjda, alltså 75 procent.", "Textens egna tal: 15 / 20 = 75"),
    ("matt", "Sagostunderna är 2 fler än budget.", "tabellerna har ingen uppgift att ställa"),
    ("ekonomi", "Lönerna är 0,3 mkr bättre än prognos.", "vilket slag av uppgift"),
    ("ekonomi", "Avgifterna har ökat.", "texten säger ”Avgifterna har ökat”, tabellen ”Resultat”"),
]


@pytest.mark.parametrize(("place", "sentence", "words"), EXPLAINED)
def test_every_verdict_explains_itself_in_a_sentence(tmp_path, place, sentence, words):
    rows = output.readable(judged(make(tmp_path), **{place: sentence}))
    assert words in " ".join(rows["explanation"])
