#!/usr/bin/env python3
"""The far table of a study as Markdown, from far.csv of the parts of `calibrate --far` (docs/calibrate.md).

    far_table.py STUDY FOLDER...

A line a claim: its findings, what their factors rest on, the mean and the largest of them. The sum of a run is the mean over all
findings that have one, with the family error of the study.
"""
import csv
import math
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASES = ("tilted", "bounded", "proof", "constant", "open", "unsettled", "unexamined")


def rows_of(folders):
    """Rows of all parts; a part that is missing is an error."""
    rows = []
    for folder in folders:
        path = pathlib.Path(folder) / "far.csv"
        if not path.exists():
            sys.exit(f"{path} is not there (a part is missing), run that part first")
        with open(path, newline="", encoding="utf-8") as file:
            rows += csv.DictReader(file)
    return rows


def number(text):
    """Two digits, without an exponent where it is short."""
    value = float(text)
    if value == 0 or value >= 0.001:
        return f"{value:.2g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits} × 10<sup>{int(power)}</sup>"


def known(rows):
    return [row for row in rows if row["factor"]]


def counts(rows):
    return " | ".join(str(sum(row["basis"] == basis for row in rows) or "") for basis in BASES)


def mean(rows):
    return sum(float(row["factor"]) for row in rows) / len(rows)


def half_width(rows):
    """Of the 95 % interval of the mean: errors of factors in quadrature."""
    squares = sum((float(row["upper"]) - float(row["factor"])) ** 2 for row in rows)
    return math.sqrt(squares) / len(rows)


def line(name, rows):
    factors = known(rows)
    if not factors:
        return f"| {name} | {len(rows)} | {counts(rows)} | | |"
    most = max(factors, key=lambda row: float(row["factor"]))
    return (
        f"| {name} | {len(rows)} | {counts(rows)} | {number(mean(factors))} | "
        f"{number(most['factor'])} ({number(most['lower'])} to {number(most['upper'])}) |"
    )


def main():
    study, folders = sys.argv[1], sys.argv[2:]
    rows = rows_of(folders)
    text = (ROOT / "studies" / f"{study}.toml").read_text(encoding="utf-8")
    declared = float(re.search(r"^family_error = (\S+)", text, re.MULTILINE).group(1))
    claims = {}
    for row in rows:
        claims.setdefault(row["claim"], []).append(row)
    print(f"\n## {study}\n")
    print("| claim | findings | " + " | ".join(BASES) + " | mean factor | largest |")
    print("|---|" + "--:|" * (len(BASES) + 3))
    for claim in sorted(claims):
        print(line(claim, claims[claim]))
    print(line("all", rows))
    factors = known(rows)
    sum_of_run = mean(factors)
    print(
        f"\nFindings with a factor miss {number(sum_of_run)} times (give or take {number(half_width(factors))}) as often as they "
        f"are charged for: a chance of {number(sum_of_run * declared)} of a wrong interval in a run, were all findings like these, "
        f"where {number(declared)} is declared. {len(factors)} of {len(rows)} findings have one."
    )


if __name__ == "__main__":
    main()
