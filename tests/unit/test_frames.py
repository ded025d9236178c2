"""The checked entrance: what is taken as it is, what is made whole, and what is refused."""

from datetime import date

import polars as pl
import pytest

from ojmf.errors import FrameError
from ojmf.frames import CATALOGUE, PEOPLE, PLACES, checked, checked_observations
from ojmf.schema import OBSERVATIONS
from tests.unit.compare.frames import GEOGRAPHY, indicators, observations, question

ROWS = observations(
    [
        cell
        for number in range(3)
        for cell in question(
            "a", f"a.q{number}", 1 + number, {"01": 40.0, "00": 55.5}, g0184="JA", g0381="NEJ"
        )
    ]
)
QUESTIONS = indicators({"area_id": "a", "indicator_id": f"a.q{n}", "name": f"Q{n}"} for n in "012")


def aware(name):
    midnight = pl.col(name).cast(pl.Datetime).dt.replace_time_zone("Europe/Stockholm")
    return midnight.dt.convert_time_zone("UTC")


@pytest.mark.parametrize(
    "frame",
    [
        ROWS,
        ROWS.lazy(),
        ROWS.select(reversed(ROWS.columns)),
        ROWS.with_columns(pl.col("geo", "answer").cast(pl.Categorical)),
        ROWS.with_columns(pl.col("value").cast(pl.Decimal(20, 6))),
        ROWS.with_columns(pl.col("period_start").cast(pl.Datetime)),
        ROWS.drop("sex", "correction_id"),
    ],
)
def test_sound_frames_become_the_same_observations(frame):
    assert checked_observations(frame).equals(checked_observations(ROWS))


def test_columns_of_one_s_own_stay_behind_the_others():
    found = checked_observations(ROWS.select(pl.lit(1).alias("mine"), pl.all()))
    assert found.columns == [*OBSERVATIONS, "mine"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.col("geo").cast(pl.Int32), "saknar sina inledande nollor"),
        (pl.lit("0001").alias("geo"), "ingen kommuns"),
        (pl.lit("Solna").alias("geo"), "SCB:s kod"),
        (pl.lit("Ja").alias("answer"), "väntade JA, DELVIS eller NEJ"),
        (pl.lit("utfall").alias("scenario"), "väntade outcome, budget"),
        (pl.lit(None, pl.Date).alias("period_end"), "väntade ett värde på varje rad som har"),
        (pl.col("period_start").dt.offset_by("9y"), "perioden slutar innan den börjar"),
        (aware("period_start"), "tidszon"),
        (pl.col("period_start").cast(pl.Datetime).dt.offset_by("12h"), "har klockslag"),
        (pl.col("value") / 100, "multiplicera med 100"),
        (pl.lit("fem").alias("value"), "väntade Float64, inte String"),
    ],
)
def test_an_unsound_observation_is_refused_with_the_reason(change, message):
    with pytest.raises(FrameError, match=message):
        checked_observations(ROWS.with_columns(change))


def test_all_faults_come_at_once_with_their_rows():
    frame = ROWS.drop("scenario").with_columns(
        pl.when(pl.int_range(pl.len()) == 4)
        .then(pl.lit("Kanske"))
        .otherwise("answer")
        .alias("answer")
    )
    with pytest.raises(FrameError) as caught:
        checked_observations(frame)
    missing, wrong = caught.value.faults
    assert "kolumnen scenario saknas" in missing
    assert "kolumnen answer: rad 4 har ”Kanske”" in wrong


def test_what_can_be_converted_is_when_asked_for():
    frame = ROWS.with_columns(
        pl.col("geo").cast(pl.Int64),
        pl.col("value").cast(pl.String),
        pl.col("period_end").cast(pl.String),
        aware("period_start"),
    )
    assert checked_observations(frame, cast=True).equals(checked_observations(ROWS))
    with pytest.raises(FrameError, match=r"texten är inget tal \(rad 0: ”4,5”"):
        checked_observations(ROWS.with_columns(pl.lit("4,5").alias("value")), cast=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.lit(None, pl.String).alias("polarity"), "rad 0 har inget värde"),
        (pl.lit("Higher").alias("polarity"), "väntade higher, lower eller neutral"),
        (pl.lit("median").alias("method"), "väntade answer, quartile"),
        (pl.lit(-1.0).alias("tolerance"), "väntade 0 eller mer"),
        (pl.lit(float("inf")).alias("tolerance"), "väntade ett ändligt tal"),
        (pl.lit("a.q0").alias("indicator_id"), "väntade en rad för varje indicator_id"),
    ],
)
def test_an_unsound_catalogue_is_refused(change, message):
    with pytest.raises(FrameError, match=message):
        checked(QUESTIONS.with_columns(change), CATALOGUE)


def test_places_and_people_are_checked_alike():
    assert checked(GEOGRAPHY, PLACES).equals(GEOGRAPHY)
    with pytest.raises(FrameError, match="väntade country, county eller municipality"):
        checked(GEOGRAPHY.with_columns(level=pl.lit("kommun")), PLACES)
    people = pl.DataFrame({"geo": ["0184"], "date": [date(2024, 12, 31)], "population": [0]})
    with pytest.raises(FrameError, match="väntade ett antal större än 0"):
        checked(people, PEOPLE)


@pytest.mark.parametrize("given", [{"geo": []}, [1], None])
def test_what_is_no_frame_is_a_type_error(given):
    with pytest.raises(TypeError, match="anges som en DataFrame eller LazyFrame ur Polars"):
        checked(given, CATALOGUE)
