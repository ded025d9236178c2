"""The server: the comparisons of a workspace as tools of the Model Context Protocol, over stdio.

The workspace is opened anew for every call, so that an answer never rests on figures that have
been replaced since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import polars as pl
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError

import ojmf
from ojmf import Workspace
from ojmf.declarations.toml import describe
from ojmf.errors import OjmfError, SelectionError
from ojmf.mcp.answers import (
    Figures,
    Indicators,
    Pairs,
    PrintedPlace,
    SeriesList,
    Verified,
)
from ojmf.mcp.figures import cited, figures, pairs, series
from ojmf.mcp.lookup import found_indicators, printed_place
from ojmf.suggestions import did_you_mean

INSTRUCTIONS = """\
Figures of Swedish municipalities, as their own documents print them, and comparisons of them.

Answer with figures from these tools alone, and name the document, the place and the citation id of
every one. Never estimate, add up or average figures yourself. Where an answer says that there is no
figure or no gap, say so and give its reason; where a reference is computed, say of what. A grade
that is not "jämförbart" and the reservations beside it belong to the comparison. A difference is
not a change: ask trends whether it is more than chance. Nothing is written by any tool.
"""
_MOST = 50
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Kommun = Annotated[str, Field(description="Municipality by name or four-digit SCB code.")]
Against = Annotated[
    str,
    Field(
        description="What to compare with: lan (the county), riket (the country), fjolaret (the "
        "year before), mal (the target), budget, or a place or group by name or code."
    ),
]
Area = Annotated[str | None, Field(description="Only this indicator area, by id or name.")]
Period = Annotated[
    str | None, Field(description="Only figures within this ISO 8601 period, such as 2024.")
]
Limit = Annotated[int, Field(ge=1, le=500, description="The most rows to return.")]


def serve(opened: Callable[[], Workspace]) -> None:
    """Answer on stdin and stdout until stdin ends, of what ``opened`` gives anew for each call."""
    server_of(opened).run("stdio")


def server_of(opened: Callable[[], Workspace]) -> MCPServer:
    """The server of a workspace that ``opened`` gives anew for each call."""
    server = _Server(
        "ojmf", instructions=INSTRUCTIONS, version=ojmf.__version__, log_level="WARNING"
    )
    for tool in _tools(opened):
        server.tool(annotations=_READ_ONLY, structured_output=True)(tool)
    return server


class _Server(MCPServer):
    """The SDK's server, from which what is wrong with a call reaches the assistant in Swedish.

    An argument that a tool does not have is refused: where it is passed over, as by the SDK, the
    answer is to another question than was asked.
    """

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        tools = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
        if name not in tools:
            raise ToolError(f"Det finns inget verktyg ”{name}”. {did_you_mean(name, tools)}")
        for one in arguments.keys() - tools[name].keys():
            raise ToolError(f"{name} har inget argument ”{one}”. {did_you_mean(one, tools[name])}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError("; ".join(describe(error.__cause__))) from error
            if isinstance(error.__cause__, OjmfError):
                raise ToolError(str(error.__cause__)) from error
            raise


def _tools(opened: Callable[[], Workspace]) -> Sequence[Callable[..., object]]:
    """Every tool; its name, help and parameters are those of its function."""

    def find_indicators(
        words: Annotated[
            str,
            Field(description="Swedish words, all of which the indicator has; or part of an id."),
        ] = "",
        area: Area = None,
        limit: Limit = _MOST,
    ) -> Indicators:
        """Find indicators (questions and measures) by words, with who has figures for them."""
        found = found_indicators(opened(), words, area)
        note = "" if found else f"Ingen indikator har orden ”{words}”. Pröva färre eller andra ord."
        return Indicators(len(found), found[:limit], note)

    def status(
        kommun: Kommun,
        against: Against = "lan",
        area: Area = None,
        indicator: Annotated[
            str | None, Field(description="Only this indicator, by its id.")
        ] = None,
        period: Period = None,
        limit: Limit = _MOST,
    ) -> Figures:
        """The figure of every question and measure, its colour or verdict, reference and gap."""
        workspace = opened()
        rows: pl.DataFrame = workspace.status(
            kommun, against=against, area=area, period=period, all_methods=True
        )
        if indicator is not None:
            rows = _of_indicator(workspace, rows, indicator, kommun)
        return _answer(workspace, rows, kommun, against, area, limit)

    def gaps(
        kommun: Kommun,
        against: Against = "lan",
        area: Area = None,
        period: Period = None,
        all_methods: Annotated[
            bool, Field(description="Measures too, beside the questions that are answered.")
        ] = False,
        limit: Limit = 10,
    ) -> Figures:
        """What a municipality lacks most beside a reference: the most negative gaps first."""
        workspace = opened()
        rows = workspace.gaps(
            kommun, against=against, area=area, period=period, all_methods=all_methods
        )
        return _answer(workspace, rows, kommun, against, area, limit)

    def compare(kommun: Kommun, other: Kommun) -> Pairs:
        """Two municipalities side by side, concept by concept: how far each comparison holds."""
        found = pairs(opened(), kommun, other)
        note = (
            "Varje tal är uträknat av de tryckta tal som står under printed; skälet hör till talet."
            if found
            else "Arbetsytan har inga gemensamma begrepp, så inget kan jämföras."
        )
        return Pairs(found, note)

    def trends(kommun: Kommun, area: Area = None, limit: Limit = _MOST) -> SeriesList:
        """What each series of months or years shows: a change, or no more than chance."""
        workspace = opened()
        found = series(workspace, kommun, workspace.trends(kommun, area=area))
        note = "Metod: styrdiagram. Färre än 12 punkter bedöms inte; skälet står vid serien."
        return SeriesList(len(found), found[:limit], note)

    def cite(
        indicator: Annotated[str, Field(description="Indicator by id, name or printed label.")],
        kommun: Kommun,
        against: Against = "lan",
    ) -> str:
        """A figure as one Swedish sentence with document, place and citation id, to be quoted."""
        return opened().cite(indicator, kommun, against=against)

    def verify_citation(
        citation: Annotated[str, Field(description="An id (oj:…), or the sentence it ends.")],
    ) -> Verified:
        """Derive a citation from the data again: whether it holds, and what has changed if not."""
        verdict = opened().verify_citation(citation)
        return Verified(verdict.holds, verdict.code, verdict.message)

    def show_printed_place(
        citation: Annotated[
            str | None, Field(description="A citation id; or give source_id and place.")
        ] = None,
        source_id: Annotated[str | None, Field(description="The source_id of an answer.")] = None,
        place: Annotated[
            str | None, Field(description="The place of an answer, such as rad 129.")
        ] = None,
    ) -> list[PrintedPlace]:
        """The printed row behind a figure: its cells as read, and the lines around it."""
        return printed_place(opened(), citation, source_id, place)

    return (
        find_indicators,
        status,
        gaps,
        compare,
        trends,
        cite,
        verify_citation,
        show_printed_place,
    )


def _of_indicator(
    workspace: Workspace, rows: pl.DataFrame, indicator: str, kommun: str
) -> pl.DataFrame:
    """The rows of one indicator.

    Raises ``SelectionError`` for one that is not known, and one that has no figure.
    """
    known = workspace.indicators["indicator_id"].to_list()
    if indicator not in known:
        raise SelectionError(
            f"Det finns ingen indikator ”{indicator}”. {did_you_mean(indicator, known)}"
        )
    found = rows.filter(pl.col("indicator_id") == indicator)
    if found.is_empty():
        raise SelectionError(f"{indicator} har ingen uppgift för {kommun}.")
    return found


def _answer(
    workspace: Workspace,
    rows: pl.DataFrame,
    kommun: str,
    against: str,
    area: str | None,
    limit: int,
) -> Figures:
    """The first rows as figures, and what is said of all of them."""
    known = None if against in {"lan", "riket"} else cited(workspace, kommun, area)
    without = rows.filter(pl.col("gap").is_null()).height
    note = (
        f"{without} av {rows.height} rader saknar skillnad; skälet står i reason."
        if without
        else ""
    )
    return Figures(rows.height, figures(workspace, rows.head(limit), known), note)
