"""Drives fisherlab, reads its run, and draws what a paper needs: python3 study.py [PROGRAM] [FOLDER]

Bias, standard errors and coverage of maximum likelihood and moments for a gamma law over n: a table, and three plots with
Monte Carlo errors (with matplotlib, where it is installed). Needs pandas alone for the rest."""
import pathlib
import subprocess
import sys

import pandas

program = sys.argv[1] if len(sys.argv) > 1 else "fisherlab"
folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "gamma-study")

subprocess.run(
    [program, "simulate", "gamma", "--theta", "shape=2.5,rate=1.3", "--n", "20:320 by x2", "--replicates", "20000",
     "--estimator", "mle,moments", "--quiet", "--keep-estimates", "--out", str(folder)],
    check=True, stdout=subprocess.DEVNULL)

performance = pandas.read_csv(folder / "performance.csv")  # every table of a run loads with one line
estimates = pandas.read_csv(folder / "estimates.csv")

shape = performance[performance.component == "shape"]
print(shape[["n", "estimator", "bias", "bias_mcse", "emp_se", "model_se", "coverage"]].to_string(index=False))
print(estimates.groupby(["n", "estimator", "component"]).estimate.describe(percentiles=[0.5]).to_string())

try:
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
except ImportError:
    print("matplotlib is not installed: no plots")
    sys.exit()

figure, axes = pyplot.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
for name, rows in shape.groupby("estimator"):
    for axis, measure in zip(axes, ["bias", "emp_se", "coverage"]):
        if rows[measure].notna().any():
            axis.errorbar(rows.n, rows[measure], yerr=1.96 * rows[measure + "_mcse"], marker="o", capsize=3, label=name)
mle = shape[shape.estimator == "mle"]
axes[1].plot(mle.n, mle.bound**0.5, "k--", label="Cramer-Rao bound")
axes[0].axhline(0, color="k", lw=0.5)
axes[2].axhline(0.95, color="k", lw=0.5)
for axis, title in zip(axes, ["bias of the shape", "its standard deviation", "coverage of the 95 % interval"]):
    axis.set(xscale="log", xlabel="n", title=title)
axes[1].legend(frameon=False)
figure.savefig(folder / "gamma.pdf")
print(f"plots in {folder / 'gamma.pdf'}")
