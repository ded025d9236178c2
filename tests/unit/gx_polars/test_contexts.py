"""The engine inside GX: data sources, batch definitions, checkpoints, Data Docs, file contexts."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import great_expectations as gx
import polars as pl
from great_expectations.checkpoint.actions import UpdateDataDocsAction
from great_expectations.core.expectation_suite import ExpectationSuite

from ojmf.validate import gx_polars

FRAME = pl.DataFrame(
    {"id": [1, 2, 3], "kommun": ["0184", None, "0180"], "share": [1.0, 2.0, 101.0]}
)


def rule(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": f"expect_{kind}", "kwargs": kwargs}


def suite(*rules: dict[str, Any]) -> ExpectationSuite:
    return ExpectationSuite(name="test", expectations=list(rules))


def only(result: Any) -> Any:
    (entry,) = result.results
    return entry


def write(path: Path) -> Path:
    FRAME.write_parquet(path)
    return path


RULES = [
    rule("column_values_to_be_between", column="share", min_value=0, max_value=100),
    rule("column_values_to_not_be_null", column="kommun"),
    rule("table_row_count_to_equal", value=3),
]


def test_the_same_batch_definition_sees_new_data_every_time() -> None:
    asset = gx_polars.add_polars(gx_polars.context()).add_dataframe_asset("frame")
    definition = asset.add_batch_definition("whole")
    check = suite(rule("table_row_count_to_equal", value=3))
    seen = [
        only(definition.get_batch({"dataframe": frame}).validate(check)).result["observed_value"]
        for frame in (FRAME, FRAME.head(2), FRAME.lazy().head(1))
    ]
    assert seen == [3, 2, 1]


def test_threads_that_share_a_batch_definition_keep_their_data_apart() -> None:
    asset = gx_polars.add_polars(gx_polars.context()).add_dataframe_asset("frame")
    definition = asset.add_batch_definition("whole")
    check = suite(rule("table_row_count_to_equal", value=0))

    def rows(height: int) -> int:
        batch = definition.get_batch({"dataframe": pl.DataFrame({"a": range(height)})})
        count: int = only(batch.validate(check)).result["observed_value"]
        return count

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(rows, range(1, 41))) == list(range(1, 41))


def test_a_checkpoint_runs_and_renders_data_docs(tmp_path: Path) -> None:
    context = gx_polars.context()
    context.add_data_docs_site(
        site_name="docs",
        site_config={
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(tmp_path / "docs"),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    asset = gx_polars.add_polars(context).add_parquet_asset(
        "file", str(write(tmp_path / "frame.parquet"))
    )
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(
            name="all",
            data=asset.add_batch_definition("whole"),
            suite=context.suites.add(suite(*RULES)),
        )
    )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name="check",
            validation_definitions=[definition],
            actions=[UpdateDataDocsAction(name="docs")],
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["id"]},
        )
    )
    found = checkpoint.run()
    assert not found.success
    (run,) = found.run_results.values()
    json.dumps(run.to_json_dict())
    pages = [page.read_text(encoding="utf-8") for page in (tmp_path / "docs").rglob("*.html")]
    assert any("101.0" in page and "kommun" in page for page in pages)


def test_a_checkpoint_takes_a_frame_at_run_time() -> None:
    context = gx_polars.context()
    asset = gx_polars.add_polars(context).add_dataframe_asset("frame")
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(
            name="all",
            data=asset.add_batch_definition("whole"),
            suite=context.suites.add(suite(rule("table_row_count_to_equal", value=3))),
        )
    )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(name="check", validation_definitions=[definition])
    )
    assert checkpoint.run(batch_parameters={"dataframe": FRAME.lazy()}).success
    assert not checkpoint.run(batch_parameters={"dataframe": FRAME.head(1)}).success


def test_a_file_context_is_opened_again(tmp_path: Path) -> None:
    path = write(tmp_path / "frame.parquet")
    first = gx.get_context(mode="file", project_root_dir=tmp_path)
    source = first.data_sources.add_polars("polars", max_unexpected_rows=3)
    source.add_parquet_asset("file", str(path)).add_batch_definition("whole")
    again = gx.get_context(mode="file", project_root_dir=tmp_path)
    source = again.data_sources.get("polars")
    asset = source.get_asset("file")
    batch = asset.get_batch_definition("whole").get_batch()
    assert isinstance(source, gx_polars.PolarsDatasource)
    assert source.max_unexpected_rows == 3
    assert batch.columns() == FRAME.columns
