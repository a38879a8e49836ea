"""Leave-one-out refits of a logistic regression on the digits 3 and 8, by numpy alone: writes digits_3_8_refits.csv.

Protocol: the 357 rows of data/digits.csv with label 3 or 8, in file order, permuted by
numpy.random.default_rng(0).permutation(357); the first 250 train, the other 107 test. Inputs are pixels/16 and a
constant, p = 65, all penalised; y = 1 for an 8; R = mean loss + (l2/2) |theta|^2. Convention A: a refit minimises the
mean over the 249 rows left, with the same l2. The test point is the one of the largest loss. Columns: the penalty, the
row of digits.csv (from 1) and its place in the training set; then the changes of the test loss: first order, one
Newton step (to first order in the change of theta), and refitted.

Run in this folder: python3 make_digits_3_8_refits.py
"""
import csv
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
table = np.loadtxt(here / "../../data/digits.csv", delimiter=",", skiprows=1)
rows = np.flatnonzero((table[:, 64] == 3) | (table[:, 64] == 8))
order = rows[np.random.default_rng(0).permutation(len(rows))]
x = np.column_stack([np.ones(len(table)), table[:, :64] / 16])
y = (table[:, 64] == 8).astype(float)
train, test = order[:250], order[250:]
n, p = 250, 65


def losses(theta, rows):
    eta = x[rows] @ theta
    return np.logaddexp(0, eta) - y[rows] * eta


def gradients(theta, rows):
    return x[rows] * (1 / (1 + np.exp(-x[rows] @ theta)) - y[rows])[:, None]


def curvature(theta, rows):
    """sum over the rows of grad^2 L"""
    prob = 1 / (1 + np.exp(-x[rows] @ theta))
    return (x[rows] * (prob * (1 - prob))[:, None]).T @ x[rows]


def fit(rows, l2, theta):
    def risk(t):
        return losses(t, rows).mean() + l2 / 2 * t @ t

    for _ in range(100):
        gradient = gradients(theta, rows).mean(axis=0) + l2 * theta
        norm = np.linalg.norm(gradient)
        step = np.linalg.solve(curvature(theta, rows) / len(rows) + l2 * np.eye(p), gradient)
        while norm > 1e-6 and risk(theta - step) > risk(theta):
            step /= 2
        theta = theta - step
        if norm < 1e-12:
            return theta
    raise RuntimeError("no minimum found")


with open(here / "digits_3_8_refits.csv", "w", newline="\n") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["l2", "digits_row", "place", "predicted", "one_step", "actual"])
    for l2 in (1e-4, 1e-3, 1e-2):
        theta = fit(train, l2, np.zeros(p))
        worst = test[[np.argmax(losses(theta, test))]]
        g = gradients(theta, worst)[0]
        hessian = curvature(theta, train) / n + l2 * np.eye(p)
        for k in range(n):
            row = train[[k]]
            c = gradients(theta, row)[0] + l2 * theta
            predicted = g @ np.linalg.solve(hessian, c) / n
            reduced = hessian - (curvature(theta, row) + l2 * np.eye(p)) / n
            one_step = g @ np.linalg.solve(reduced, c) / n
            refitted = fit(np.delete(train, k), l2, theta)
            actual = (losses(refitted, worst) - losses(theta, worst))[0]
            out.writerow([l2, row[0] + 1, k + 1] + [f"{v:.12e}" for v in (predicted, one_step, actual)])
        print(l2, "worst test point", worst[0] + 1, "loss", losses(theta, worst)[0])
