"""The two tables of docs/peers.md, from what peers.R and peers.py wrote and what the program says now. From the
project's top folder:
    python3 bench/peers/table.py build/release/fisherlab R.csv PYTHON.csv
Stops where an estimate or an error is off by more than the tolerance of tests/runs/diagnosis/peers_test.cpp."""
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile

program, *files = sys.argv[1:]
ROWS = [("groundbeef", "gamma"), ("aircondit", "exponential"), ("galaxies", "normal"), ("rivers", "lognormal"),
        ("precip", "normal"), ("nhtemp", "normal"), ("warpbreaks", "poisson"), ("warpbreaks", "negative_binomial"),
        ("toxocara", "negative_binomial"), ("discoveries", "poisson"), ("lung", "weibull")]
theirs = {}
for name in files:
    with open(name) as f:
        for row in csv.DictReader(f):
            key = tuple(row[k] for k in ("program", "data", "model", "quantity", "parameter"))
            theirs[key] = float(row["value"])


def of(programs, data, model, quantity, parameter=""):
    for p in programs:
        if (p, data, model, quantity, parameter) in theirs:
            return theirs[p, data, model, quantity, parameter]
    return None


def text(value, digits=6):
    return "-" if value is None else f"{value:.{digits}g}"


def diagnose(data, model):
    """Rows of fit.csv, and the seconds of processor time, the middle of three runs."""
    command = [program, "diagnose", model, f"tests/data/peers/{data}.csv", "--quiet", "--force"]
    if data == "lung":
        command += ["--column", "x", "--event", "event"]
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run([*command, "--out", folder], check=True, stdout=subprocess.DEVNULL)
            seconds.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        with open(os.path.join(folder, "fit.csv")) as f:
            rows = [row for row in csv.DictReader(f) if row["interval"] == "Wald"]
    return rows, statistics.median(seconds)


estimates, times, worst = [], [], {"estimate": 0.0, "std error": 0.0}
for data, model in ROWS:
    rows, seconds = diagnose(data, model)
    for row in rows:
        p, ours, error = row["parameter"], float(row["estimate"]), float(row["std_error"])
        in_r = of(["survreg", "fitdist"], data, model, "estimate", p)
        in_python = of(["scipy", "statsmodels"], data, model, "estimate", p)
        # fitdist's errors come from steps of .001 (see the page)
        error_in_r = of(["survreg", "optimHess", "fitdist"], data, model, "std_error", p)
        worst["estimate"] = max(worst["estimate"], abs(ours / in_r - 1))
        if p != "size":  # ours is by the expected information, R's by the observed one; the test compares the latter
            worst["std error"] = max(worst["std error"], abs(error / error_in_r - 1))
        boot = of(["bootdist"], data, model, "resampled_std_error", p)
        estimates.append(f"| `{data}`, {model} | {p} | {text(ours)} | {text(in_r)} | {text(in_python)} "
                         f"| {text(error, 5)} | {text(error_in_r, 5)} | {text(boot, 5)} |")
    times.append(f"| `{data}`, {model}{', censored' if data == 'lung' else ''} | {seconds:.2f} "
                 f"| {text(of(['survreg', 'fitdist'], data, model, 'seconds'), 2)} "
                 f"| {text(of(['scipy', 'statsmodels'], data, model, 'seconds'), 2)} "
                 f"| {text(of(['gofstat'], data, model, 'seconds of p'), 3)} "
                 f"| {text(of(['bootdist'], data, model, 'seconds'), 3)} |")
print("\n".join(estimates), "\n".join(times), sep="\n\n")
print(f"\nlargest relative differences to R: {worst}", file=sys.stderr)
if worst["estimate"] > 3e-6 or worst["std error"] > 1e-4:
    sys.exit("off by more than the tolerance")
