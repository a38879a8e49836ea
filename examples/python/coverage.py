"""A paper's figure and table of coverage from a run of `fisherlab simulate --interval ...`, with pandas and matplotlib:

    python3 coverage.py FOLDER COMPONENT     writes FOLDER/coverage.pdf and FOLDER/coverage.tex"""
import pathlib
import sys

import pandas

folder, component = pathlib.Path(sys.argv[1]), sys.argv[2]
rows = pandas.read_csv(folder / "performance.csv").query("component == @component")
rows = rows.assign(interval=rows.estimator.str.extract(r"\[(.*)\]", expand=False))  # "mle [score]" is called score
order = list(rows.interval.unique())

table = rows.pivot(index=["parameters", "n"], columns="interval", values="coverage")[order]
lines = [" & ".join([*map(str, place), *(f"{100 * x:.1f}" for x in cells)]).replace("_", r"\_") + r" \\"
         for place, cells in zip(table.index, table.to_numpy())]
(folder / "coverage.tex").write_text("\n".join([
    r"\begin{tabular}{lr" + "r" * len(order) + "}", r"\hline", " & ".join(["theta", "n", *order]) + r" \\ \hline", *lines,
    r"\hline", r"\end{tabular}",
    f"% per cent; Monte Carlo standard errors at most {100 * rows.coverage_mcse.max():.2f}", ""]))

import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot

panels = list(rows.parameters.unique())
figure, axes = pyplot.subplots(1, len(panels), figsize=(2.6 * len(panels), 3), sharey=True, squeeze=False,
                               layout="constrained")
for axis, panel in zip(axes[0], panels):
    axis.axhline(0.95, color="grey", lw=0.8)
    for name, marker in zip(order, "os^Dvx+*"):
        x = rows[(rows.parameters == panel) & (rows.interval == name)]
        axis.errorbar(x.n, x.coverage, yerr=1.96 * x.coverage_mcse, marker=marker, capsize=2, lw=1, label=name)
    axis.set(xscale="log", xlabel="n", title=panel)
axes[0][0].set_ylabel("coverage")
axes[0][0].legend(frameon=False)
figure.savefig(folder / "coverage.pdf")
