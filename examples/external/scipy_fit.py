"""scipy.stats fit: python3 scipy_fit.py. It reports no standard errors: std_errors = "no"."""
import math

from scipy import stats

from fisherlab import model, serve

# Our parameters from scipy's; the location is held at 0 where our law has none.
laws = {
    "exponential": lambda x: (1 / stats.expon.fit(x, floc=0)[1],),
    "gamma": lambda x: (lambda f: (f[0], 1 / f[2]))(stats.gamma.fit(x, floc=0)),
    "weibull": lambda x: (lambda f: (f[0], f[2]))(stats.weibull_min.fit(x, floc=0)),
    "lognormal": lambda x: (lambda f: (math.log(f[2]), f[0]))(stats.lognorm.fit(x, floc=0)),
    "normal": lambda x: stats.norm.fit(x),
    "logistic": lambda x: stats.logistic.fit(x),
    "cauchy": lambda x: stats.cauchy.fit(x),
    "gumbel": lambda x: stats.gumbel_r.fit(x),
    "beta": lambda x: stats.beta.fit(x, floc=0, fscale=1)[:2],
}
serve(laws[model], std_errors=False)
