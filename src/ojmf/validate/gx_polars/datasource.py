"""The data source: ``context.data_sources.add_polars(name)``."""

from __future__ import annotations

import builtins
from collections.abc import MutableSequence, Sequence
from typing import Any, ClassVar, Literal

import polars as pl
from great_expectations.compatibility import pydantic
from great_expectations.core.batch import BatchMarkers, LegacyBatchDefinition
from great_expectations.core.batch_spec import PathBatchSpec, RuntimeDataBatchSpec
from great_expectations.core.id_dict import BatchSpec, IDDict
from great_expectations.datasource.fluent.batch_identifier_util import make_batch_identifier
from great_expectations.datasource.fluent.batch_request import BatchRequest
from great_expectations.datasource.fluent.interfaces import Batch, DataAsset, Datasource
from great_expectations.exceptions.exceptions import BuildBatchRequestError

from ojmf.validate.gx_polars.engine import (
    DEFAULT_MAX_UNEXPECTED_ROWS,
    PolarsBatchData,
    PolarsExecutionEngine,
)


class PolarsAsset(DataAsset[Any, None]):
    """The whole of some data is one batch.

    With a ``path`` these are a Parquet file, a folder of them or a glob pattern, scanned when they
    are validated; else frames handed over at run time: ``batch_parameters={"dataframe": frame}``.
    """

    type: Literal["polars"] = "polars"
    path: str | None = None

    def test_connection(self) -> None:
        """Do nothing: the data are read when a batch is asked for."""

    def get_batch_parameters_keys(self, partitioner: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """The key of the frame in the batch parameters; an asset with a path takes none."""
        return ("dataframe",) if self.path is None else ()

    def get_batch_identifiers_list(self, batch_request: BatchRequest[None]) -> list[dict[str, Any]]:
        """The options of the request; there is one batch."""
        return [IDDict(batch_request.options)]

    def _validate_batch_request(self, batch_request: BatchRequest[None]) -> None:
        options = batch_request.options
        if self.path is not None:
            if options:
                msg = "A Parquet asset takes no batch parameters."
                raise BuildBatchRequestError(message=msg)
        elif set(options) != {"dataframe"} or not isinstance(
            options["dataframe"], pl.DataFrame | pl.LazyFrame
        ):
            msg = 'options must be {"dataframe": a polars DataFrame or LazyFrame}.'
            raise BuildBatchRequestError(message=msg)

    def build_batch_request(
        self,
        options: dict[str, Any] | None = None,
        batch_slice: Any = None,
        partitioner: Any = None,
    ) -> BatchRequest[None]:
        """A request for the whole of the data; slices and partitioners are refused."""
        if batch_slice is not None or partitioner is not None:
            msg = "batch_slice and partitioner are not supported by Polars assets."
            raise BuildBatchRequestError(message=msg)
        request = BatchRequest[None](
            datasource_name=self.datasource.name, data_asset_name=self.name, options=options or {}
        )
        self._validate_batch_request(request)
        return request

    def get_batch(self, batch_request: BatchRequest[None]) -> Batch:
        """The frame of the request, or a scan of the path, as a batch."""
        self._validate_batch_request(batch_request)
        data: pl.DataFrame | pl.LazyFrame
        if self.path is None:
            data = batch_request.options["dataframe"]
            spec: BatchSpec = RuntimeDataBatchSpec(batch_data=f"polars.{type(data).__name__}")
        else:
            data = pl.scan_parquet(self.path)
            spec = PathBatchSpec(path=self.path, reader_method="scan_parquet")
        definition = LegacyBatchDefinition(
            datasource_name=self.datasource.name,
            data_connector_name="fluent",
            data_asset_name=self.name,
            batch_identifiers=make_batch_identifier(batch_request.options),
        )
        return Batch(
            datasource=self.datasource,
            data_asset=self,
            batch_request=batch_request,
            data=PolarsBatchData(self.datasource.get_execution_engine(), data),
            batch_markers=BatchMarkers({"ge_load_time": None}),
            batch_spec=spec,
            batch_definition=definition,
            metadata=self._get_batch_metadata_from_batch_request(batch_request, ("dataframe",)),
        )


class PolarsDatasource(Datasource[PolarsAsset, PolarsExecutionEngine]):
    """Validates Polars frames and Parquet files with Polars.

    ``max_unexpected_rows`` bounds the failing rows that a ``COMPLETE`` result lists; counts are
    always exact. None lists them all.
    """

    asset_types: ClassVar[Sequence[builtins.type[DataAsset[Any, Any]]]] = [PolarsAsset]

    type: Literal["polars"] = "polars"
    assets: MutableSequence[PolarsAsset] = []  # noqa: RUF012 - a pydantic field
    max_unexpected_rows: pydantic.NonNegativeInt | None = DEFAULT_MAX_UNEXPECTED_ROWS

    @property
    def execution_engine_type(self) -> builtins.type[PolarsExecutionEngine]:
        """The class of the engine."""
        return PolarsExecutionEngine

    def get_execution_engine(self) -> PolarsExecutionEngine:
        """A new engine: one that were shared would mix the batches of runs at the same time."""
        return PolarsExecutionEngine(name=self.name, max_unexpected_rows=self.max_unexpected_rows)

    def test_connection(self, test_assets: bool = True) -> None:
        """Do nothing: there is nothing to connect to."""

    def add_dataframe_asset(self, name: str) -> PolarsAsset:
        """Add an asset whose frames are handed over at run time."""
        return self._add_asset(PolarsAsset(name=name))

    def add_parquet_asset(self, name: str, path: str) -> PolarsAsset:
        """Add an asset that scans ``path``: a file, a folder or a glob pattern."""
        return self._add_asset(PolarsAsset(name=name, path=path))
