"""One study as a statistician writes it in Python, whole: draws, estimates, mean, covariance, coverage of the 95 % Wald
interval of the first parameter.
    python3 bench/peers/studies.py STUDY REPLICATES
STUDY: gamma, normal, logistic (numpy, all replicates of a chunk at once), gamma-scipy, normal-scipy (one fit a replicate),
logistic-statsmodels."""
import sys

import numpy as np

rng = np.random.Generator(np.random.SFC64(1))
CHUNK = 2048
Z = 1.959963984540054


class Tally:
    """Mean and covariance of the estimates, and how often the interval held the true value."""

    def __init__(self, truth):
        self.truth = truth
        self.rows, self.held = [], 0

    def add(self, estimates, std_error):
        self.rows.append(np.atleast_2d(estimates))
        self.held += np.count_nonzero(np.abs(self.rows[-1][:, 0] - self.truth) <= Z * std_error)

    def say(self):
        rows = np.concatenate(self.rows)
        print(len(rows), rows.mean(axis=0), np.cov(rows.T), self.held / len(rows))


def chunks(replicates):
    while replicates > 0:
        yield min(CHUNK, replicates)
        replicates -= CHUNK


def gamma(replicates, n=100, shape=2.5, rate=1.3):
    from scipy.special import digamma, polygamma
    tally = Tally(shape)
    for size in chunks(replicates):
        x = rng.standard_gamma(shape, (size, n)) / rate
        mean = x.mean(axis=1)
        s = np.log(mean) - np.log(x).mean(axis=1)
        k = (3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
        for _ in range(4):
            k = k - (np.log(k) - digamma(k) - s) / (1 / k - polygamma(1, k))
        psi1 = polygamma(1, k)
        tally.add(np.stack([k, k / mean], axis=1), np.sqrt(k / (k * psi1 - 1) / n))
    return tally


def gamma_scipy(replicates, n=100, shape=2.5, rate=1.3):
    from scipy import stats
    from scipy.special import polygamma
    tally = Tally(shape)
    for _ in range(replicates):
        k, _, scale = stats.gamma.fit(rng.standard_gamma(shape, n) / rate, floc=0)
        tally.add([k, 1 / scale], np.sqrt(k / (k * polygamma(1, k) - 1) / n))
    return tally


def normal(replicates, n=100, mean=1.0, sd=2.0):
    tally = Tally(mean)
    for size in chunks(replicates):
        x = mean + sd * rng.standard_normal((size, n))
        m, s = x.mean(axis=1), x.std(axis=1)
        tally.add(np.stack([m, s], axis=1), s / np.sqrt(n))
    return tally


def normal_scipy(replicates, n=100, mean=1.0, sd=2.0):
    from scipy import stats
    tally = Tally(mean)
    for _ in range(replicates):
        m, s = stats.norm.fit(mean + sd * rng.standard_normal(n))
        tally.add([m, s], s / np.sqrt(n))
    return tally


def logistic(replicates, n=200, truth=(0.5, 1.0)):
    """x ~ N(0, 1) drawn anew; Newton steps for all replicates of a chunk at once, 2 x 2 systems solved by hand."""
    tally = Tally(truth[0])
    for size in chunks(replicates):
        x = rng.standard_normal((size, n))
        y = rng.random((size, n)) < 1 / (1 + np.exp(-truth[0] - truth[1] * x))
        a, b = np.zeros((size, 1)), np.zeros((size, 1))
        for _ in range(7):
            m = 1 / (1 + np.exp(-a - b * x))
            w, r = m * (1 - m), y - m
            wx = w * x
            saa, sab, sbb = (t.sum(axis=1, keepdims=True) for t in (w, wx, wx * x))
            ga, gb = r.sum(axis=1, keepdims=True), (r * x).sum(axis=1, keepdims=True)
            d = saa * sbb - sab * sab
            a, b = a + (sbb * ga - sab * gb) / d, b + (saa * gb - sab * ga) / d
        tally.add(np.concatenate([a, b], axis=1), np.sqrt(sbb / d)[:, 0])
    return tally


def logistic_statsmodels(replicates, n=200, truth=(0.5, 1.0)):
    import statsmodels.api as sm
    tally = Tally(truth[0])
    for _ in range(replicates):
        X = np.stack([np.ones(n), rng.standard_normal(n)], axis=1)
        y = rng.random(n) < 1 / (1 + np.exp(-X @ np.array(truth)))
        fit = sm.GLM(y.astype(float), X, family=sm.families.Binomial()).fit()
        tally.add(fit.params, fit.bse[0])
    return tally


STUDIES = {"gamma": gamma, "gamma-scipy": gamma_scipy, "normal": normal, "normal-scipy": normal_scipy,
           "logistic": logistic, "logistic-statsmodels": logistic_statsmodels}
STUDIES[sys.argv[1]](int(sys.argv[2])).say()
