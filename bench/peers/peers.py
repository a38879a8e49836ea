"""The data of peers.R fitted by scipy and statsmodels, for docs/peers.md: from the project's top folder
    python3 bench/peers/peers.py > bench/peers/python.csv
scipy gives no standard errors; its p-values need another simulation (goodness_of_fit, 499 samples)."""
import csv
import time

import numpy as np
import statsmodels.api as sm
from scipy import stats


def column(name):
    with open(f"tests/data/peers/{name}.csv") as f:
        return np.array([float(row["x"]) for row in csv.DictReader(f)])


def say(program, data, model, quantity, parameter, value):
    print(f"{program},{data},{model},{quantity},{parameter},{value:.10g}")


FITS = [("groundbeef", "gamma"), ("groundbeef", "weibull"), ("groundbeef", "lognormal"), ("aircondit", "exponential"),
        ("galaxies", "normal"), ("rivers", "lognormal"), ("precip", "normal"), ("precip", "logistic"),
        ("nhtemp", "normal")]


def by_scipy(x, model):
    """Estimates in our parameters, and the frozen law."""
    if model == "gamma":
        a, _, s = stats.gamma.fit(x, floc=0)
        return {"shape": a, "rate": 1 / s}, stats.gamma(a, 0, s)
    if model == "weibull":
        c, _, s = stats.weibull_min.fit(x, floc=0)
        return {"shape": c, "scale": s}, stats.weibull_min(c, 0, s)
    if model == "lognormal":
        s, _, m = stats.lognorm.fit(x, floc=0)
        return {"meanlog": np.log(m), "sdlog": s}, stats.lognorm(s, 0, m)
    if model == "exponential":
        _, s = stats.expon.fit(x, floc=0)
        return {"rate": 1 / s}, stats.expon(0, s)
    law = {"normal": stats.norm, "logistic": stats.logistic}[model]
    m, s = law.fit(x)
    return dict(zip({"normal": ["mean", "sd"], "logistic": ["location", "scale"]}[model], [m, s])), law(m, s)


print("program,data,model,quantity,parameter,value")
for name, model in FITS:
    x = column(name)
    start = time.perf_counter()
    estimates, law = by_scipy(x, model)
    seconds = time.perf_counter() - start
    for parameter, value in estimates.items():
        say("scipy", name, model, "estimate", parameter, value)
    say("scipy", name, model, "log_likelihood", "", law.logpdf(x).sum())
    say("scipy", name, model, "Kolmogorov", "", stats.kstest(x, law.cdf).statistic)
    say("scipy", name, model, "Cramer-von Mises", "", stats.cramervonmises(x, law.cdf).statistic)
    say("scipy", name, model, "seconds", "", seconds)
for name in ["warpbreaks", "discoveries", "toxocara"]:
    x = column(name)
    ones = np.ones((len(x), 1))
    start = time.perf_counter()
    fit = sm.NegativeBinomial(x, ones).fit(disp=0, maxiter=500, method="bfgs", gtol=1e-10)
    say("statsmodels", name, "negative_binomial", "estimate", "mean", np.exp(fit.params[0]))
    say("statsmodels", name, "negative_binomial", "estimate", "size", 1 / fit.params[1])
    say("statsmodels", name, "negative_binomial", "std_error", "mean", fit.bse[0] * np.exp(fit.params[0]))
    say("statsmodels", name, "negative_binomial", "std_error", "size", fit.bse[1] / fit.params[1] ** 2)
    say("statsmodels", name, "negative_binomial", "log_likelihood", "", fit.llf)
    say("statsmodels", name, "negative_binomial", "seconds", "", time.perf_counter() - start)
for name in ["warpbreaks", "discoveries"]:
    x = column(name)
    fit = sm.GLM(x, np.ones((len(x), 1)), family=sm.families.Poisson()).fit(cov_type="HC0")
    m = np.exp(fit.params[0])
    say("statsmodels", name, "poisson", "estimate", "mean", m)
    say("statsmodels", name, "poisson", "sandwich", "mean", fit.bse[0] * m)
