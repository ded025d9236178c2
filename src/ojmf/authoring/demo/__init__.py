"""A made-up country as a workspace: to see on a fresh machine, without network, what ojmf does.

Nothing in it exists: no place has a real name or one of SCB's codes, and every document, area and
group says that it is made up. The same version writes the same bytes every time.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from random import Random

import polars as pl

from ojmf.authoring.demo import asked, made_figures, places, reports
from ojmf.authoring.starter import SMALLEST, publish_text
from ojmf.declarations.fetched import DECLARATION, PARQUET, Given, as_parquet, declare
from ojmf.declarations.loading import embedded_root
from ojmf.declarations.registers import TARGETS
from ojmf.workspace import Workspace

_README = """\
# Ett påhittat land

Den här arbetsytan är gjord av `ojmf init --demo`. Inget i den finns: varken kommunerna, svaren
eller talen. Koderna börjar på 61–81, som SCB inte använder.

| mapp | innehåll |
| --- | --- |
| data/sources/pahittade-svar/ | {municipalities} kommuners svar på {questions} frågor {years} |
| data/sources/pahittade-nyckeltal/ | tjugo nyckeltal, för kvinnor och män |
| data/sources/{seat}-\\*/ | kommuners egna rapporter, lästa ur filerna i rapporter/ |
| data/indicators/, data/concepts/ | frågorna, nyckeltalen och vad som jämförs mellan två kommuner |
| data/*.csv | platser, folkmängd, kommungrupper och mål |
| data/publish.toml | att antal under fem personer inte visas; `ojmf validate` säger vilka |

Prova, till exempel:

```
ojmf areas --kommun {name}
ojmf gaps --kommun {name} --against riket
ojmf status --kommun {name} --all-methods
ojmf peers --kommun {name}
ojmf trends --kommun {name}
ojmf claims rapporter/{seat}-delarsrapport-{year}-08.txt
ojmf run
```
"""
_TARGETS = (("arenden", 15.0), ("personalindex", 80.0))


def demo(smallest: int = SMALLEST) -> dict[str, bytes]:
    """The files of the made-up country by their path in its workspace.

    ``smallest`` is as in :func:`~ojmf.authoring.starter.publish_text`.
    """
    root = embedded_root()
    catalogue = Workspace.open(root).catalogue
    land = places.geography()
    people = places.population(land)
    questions = asked.areas(catalogue)
    answered = asked.answers(questions, land)
    files = {
        f"data/indicators/{area.area.id}.toml": asked.area_text(
            (root / f"data/indicators/{area.area.id}.toml").read_text(encoding="utf-8"), area
        ).encode()
        for area in questions
    }
    files[f"data/indicators/{made_figures.AREA}.toml"] = made_figures.area_text().encode()
    files |= {path: text.encode() for path, text in reports.indicator_files().items()}
    for name, frame in (
        ("geography", land),
        ("population", people),
        ("peers", places.peers(people, land)),
        ("targets", _targets(land)),
    ):
        files[f"data/{name}.csv"] = frame.write_csv().encode()
    files |= _source("pahittade-svar", "Svar i Öppna jämförelser", answered)
    files |= _source("pahittade-nyckeltal", "Nyckeltal", made_figures.observations(people, land))
    files["data/publish.toml"] = publish_text(smallest).encode()
    files |= reports.report_files(questions, answered, land, people)
    for pattern in ("data/language/*.toml", "expectations/*.json"):
        for path in sorted(root.glob(pattern)):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    return {"README.md": _readme(land, answered), **files}


def _source(source_id: str, title: str, observations: pl.DataFrame) -> dict[str, bytes]:
    """A source as one that was fetched, with its figures as Parquet."""
    content = as_parquet(observations)
    made = datetime(places.YEARS[-1], 12, 31, tzinfo=UTC)
    digest = hashlib.sha256(content).hexdigest()
    given = Given(url="ojmf:init-demo", date=made, clock="local", sha256=digest)
    head = {
        "id": source_id,
        "title": f"{title} ({places.MADE_UP})",
        "document": f"{title} ({places.MADE_UP})",
        "publisher": f"ojmf init --demo ({places.MADE_UP})",
        "public": False,
    }
    years = {"year": tuple(map(str, places.YEARS))}
    folder = f"data/sources/{source_id}"
    return {
        f"{folder}/{PARQUET}": content,
        f"{folder}/{DECLARATION}": declare(head, content, observations, years, (given,)),
    }


def _targets(land: pl.DataFrame) -> pl.DataFrame:
    """Targets that every fifth municipality or so has decided for the last year."""
    chance = Random("mål")
    rows = [
        (f"{made_figures.AREA}.{name}", code, str(places.YEARS[-1]), target, places.MADE_UP)
        for code in land.filter(level="municipality")["code"]
        for name, target in _TARGETS
        if code.endswith("01") or chance.random() < 0.2
    ]
    return pl.DataFrame(rows, schema=TARGETS, orient="row")


def _readme(land: pl.DataFrame, answered: pl.DataFrame) -> bytes:
    municipalities = land.filter(level="municipality")
    name = municipalities["name"][0]
    return _README.format(
        municipalities=municipalities.height,
        questions=answered["indicator_id"].n_unique(),
        years=f"{places.YEARS[0]}–{places.YEARS[-1]}",
        year=places.YEARS[-1],
        name=name,
        seat=name.casefold().translate(str.maketrans("åäö", "aao")),
    ).encode()
