"""What the suite says of a program, as rows of the table in docs/external.md:

    python3 table.py FISHERLAB 'LABEL' 'COMMAND' MODEL...

with LABEL the name in the first column and COMMAND an adapter of this folder, say 'Rscript fitdistrplus.R'. Each model is put
to `same-estimate` by `verify`, and measured by `simulate`, on 4,096 samples at seed 1. The standard library is enough."""
import csv
import subprocess
import sys
import tempfile

TRUTHS = {
    "exponential": {"rate": 0.4}, "gamma": {"shape": 2.5, "rate": 1.3}, "weibull": {"shape": 1.7, "scale": 3},
    "lognormal": {"meanlog": 0.5, "sdlog": 0.8}, "normal": {"mean": 3, "sd": 2}, "logistic": {"location": 2, "scale": 3},
    "cauchy": {"location": 2, "scale": 3}, "negative_binomial": {"mean": 3, "size": 1.5}, "beta": {"alpha": 2, "beta": 3},
    "poisson": {"mean": 3}, "geometric": {"prob": 0.3}, "gumbel": {"location": 2, "scale": 3},
    "logistic_regression": {"intercept": 0.3, "slope": 0.8}, "poisson_regression": {"intercept": 0.3, "slope": 0.8},
}
SIZES = [10, 30, 100]
SAMPLES = 4096


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def run(words, allowed):
    """Exit codes 1 and 4 are verdicts, not failures."""
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(" ".join(words) + "\n" + done.stderr)


def shares_off(program, command, model, folder):
    """Share of samples on which the command is not at the maximum, at each n."""
    theta = ", ".join(f"{name} = {value}" for name, value in TRUTHS[model].items())
    study = f"""replicates = {SAMPLES}
max_replicates = {SAMPLES}
[[case]]
claim = "same-estimate"
model = "{model}"
theta = {{{theta}}}
n = {SIZES}
estimator = "command"
"""
    with open(folder + "/study.toml", "w") as file:
        file.write(study)
    run([program, "verify", folder + "/study.toml", "--estimator-command", command, "--seed", "1", "--quiet",
         "--out", folder + "/verify"] + reported(command), {0, 1, 4})
    return [float(row["estimate"]) for row in rows(folder + "/verify/findings.csv")]


def measures(program, command, model, folder):
    """The rows of the command in performance.csv, by component and n."""
    theta = ",".join(f"{name}={value}" for name, value in TRUTHS[model].items())
    run([program, "simulate", model, "--theta", theta, "--n", ",".join(map(str, SIZES)), "--replicates", str(SAMPLES),
         "--seed", "1", "--estimator-command", command, "--quiet", "--out", folder + "/simulate"] + reported(command),
        {0})
    return [row for row in rows(folder + "/simulate/performance.csv") if row["estimator"] == "command"]


def reported(command):
    return ["--answers", "estimates"] if "scipy_fit" in command else []


def percent(values, digits):
    def text(value):
        return "-" if value == "" else f"{round(100 * float(value), digits) + 0.0:.{digits}f}"
    return " / ".join("0" if digits == 2 and text(value) == "0.00" else text(value) for value in values)


def main(program, label, command, models):
    for model in models:
        with tempfile.TemporaryDirectory() as folder:
            off = shares_off(program, command, model, folder)
            measured = measures(program, command, model, folder)
        for place, name in enumerate(TRUTHS[model]):
            own = [row for row in measured if row["component"] == name]
            failed = [int(row["failed"]) / SAMPLES for row in own]
            start = f"| `{label}` | {model} | {percent(off, 2)} | {percent(failed, 2)}" if place == 0 else "|  |  |  | "
            print(f"{start} | {name} | {percent([row['relative_se_error'] for row in own], 1)} "
                  f"| {percent([row['coverage'] for row in own], 1)} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
