"""Explore one municipality's gaps to its county and the country."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="En kommuns gap")


@app.cell
def _():
    import marimo as mo
    import polars as pl

    from ojmf import compare
    from ojmf.present import charts
    from ojmf.present.views import Names
    from ojmf.workspace import Workspace

    workspace = Workspace.open()
    observations = workspace.observations()
    names = Names(workspace.indicators, workspace.places)
    return charts, compare, mo, names, observations, pl, workspace


@app.cell
def _(mo, names, observations, pl):
    answered = observations.filter(pl.col("answer").is_not_null())["geo"].unique().sort()
    kommun = mo.ui.dropdown(
        {names.place(code): code for code in answered},
        value=names.place(answered[0]),
        label="Kommun",
    )
    kommun
    return (kommun,)


@app.cell
def _(charts, compare, kommun, mo, names, observations, workspace):
    own = names.place(kommun.value)
    areas = compare.areas(observations, workspace.indicators, kommun.value)
    profile = charts.area_chart(
        areas,
        title=f"{own}: andel JA per område",
        own_name=own,
        county_name=names.place(kommun.value[:2]),
    )
    mo.vstack([mo.md(f"# {own}"), profile, mo.md(charts.alt_text(profile))])
    return areas, own


@app.cell
def _(areas, mo):
    area = mo.ui.dropdown(
        dict(areas.select("area_name", "area_id").iter_rows()),
        value=areas["area_name"][0],
        label="Område",
    )
    area
    return (area,)


@app.cell
def _(area, charts, compare, kommun, mo, names, observations, own, pl, workspace):
    both = pl.concat(
        compare.status(
            observations, workspace.indicators, kommun.value, against=reference, area=area.value
        )
        for reference in ("lan", "riket")
    )
    dumbbell = charts.gap_chart(
        both, title=f"{own}: {names.areas[area.value]}, gap mot länet och riket", own_name=own
    )
    mo.vstack([dumbbell, mo.md(charts.alt_text(dumbbell))])
    return


@app.cell
def _(area, compare, kommun, mo, observations, workspace):
    largest = compare.gaps(
        observations, workspace.indicators, kommun.value, area=area.value, top=10
    )
    mo.vstack(
        [
            mo.md("## De tio mest negativa gapen mot länet"),
            mo.ui.table(
                largest.select("label", "own", "reference", "gap", "document", "line"),
                selection=None,
            ),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
