"""statsmodels: python3 statsmodels_fit.py, for logistic_regression and poisson_regression, whose observations are (x, y)."""
import statsmodels.api as sm

from fisherlab import model, serve

kinds = {"logistic_regression": sm.Logit, "poisson_regression": sm.Poisson}


def fit(xy):
    found = kinds[model](xy[:, 1], sm.add_constant(xy[:, 0])).fit(disp=0)
    if not found.mle_retvals["converged"]:
        return None
    return list(found.params) + list(found.bse)


serve(fit)
