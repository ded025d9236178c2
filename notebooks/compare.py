"""Compare two municipalities, concept by concept."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Två kommuner")


@app.cell
def _():
    import marimo as mo
    import polars as pl

    from ojmf import compare
    from ojmf.present import charts
    from ojmf.present.views import Names
    from ojmf.workspace import Workspace

    workspace = Workspace.open()
    data = workspace.root / "data"
    observations = workspace.observations()
    names = Names(workspace.indicators, workspace.places)
    concepts = compare.load_concepts(data / "concepts", workspace.indicators)
    population = compare.load_population(data / "population.csv")
    return charts, compare, concepts, mo, names, observations, pl, population, workspace


@app.cell
def _(concepts, mo, names):
    codes = sorted({formula.geo for concept in concepts for formula in concept.formula})
    choices = {names.place(code): code for code in codes}
    first = mo.ui.dropdown(choices, value=names.place(codes[0]), label="Kommun")
    second = mo.ui.dropdown(choices, value=names.place(codes[1]), label="Jämför med")
    mo.hstack([first, second], justify="start")
    return first, second


@app.cell
def _(compare, concepts, first, mo, observations, population, second):
    mo.stop(first.value == second.value, mo.md("Välj två olika kommuner."))
    compared = compare.compare(observations, concepts, population, first.value, second.value)
    return (compared,)


@app.cell
def _(compared, first, mo, names, pl, second):
    grades = compared.group_by("grade").len("begrepp").sort("begrepp", descending=True)
    mo.vstack(
        [
            mo.md(f"# {names.place(first.value)} och {names.place(second.value)}"),
            mo.ui.table(grades, selection=None),
            mo.ui.table(
                compared.select(
                    "label",
                    "unit",
                    "grade",
                    pl.col("own").alias(names.place(first.value)),
                    pl.col("reference").alias(names.place(second.value)),
                    "gap",
                    "reason",
                ),
                selection=None,
            ),
        ]
    )
    return


@app.cell
def _(charts, compared, first, mo, names, pl, second):
    per_inhabitant = compared.filter(
        pl.col("per_inhabitant_unit").str.starts_with("SEK"),
        pl.col("own_per_inhabitant").is_not_null(),
        pl.col("reference_per_inhabitant").is_not_null(),
    ).with_columns(
        own=pl.col("own_per_inhabitant"),
        reference=pl.col("reference_per_inhabitant"),
        gap=pl.col("own_per_inhabitant") - pl.col("reference_per_inhabitant"),
    )
    picture = charts.gap_chart(
        per_inhabitant,
        title="Kronor per invånare",
        own_name=names.place(first.value),
        names={second.value: names.place(second.value)},
    )
    mo.vstack([picture, mo.md(charts.alt_text(picture))])
    return


if __name__ == "__main__":
    app.run()
