"""What statsmodels says about removing single rows of the data in reference_removals.csv: run from the project's top
folder as
  python3 tests/data/make_reference_removals.py > tests/data/reference_removals_statsmodels.csv
dfbeta: OLSInfluence.dfbeta, parameters minus those without the row.
d_params: GLMInfluence.d_params, the same by one step."""
import collections
import csv

import numpy
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import OLSInfluence

values = collections.defaultdict(dict)
with open("tests/data/reference_removals.csv", newline="") as file:
    for line in csv.DictReader(file):
        values[line["model"], line["quantity"]][int(line["row"]), int(line["index"])] = float(line["value"])


def matrix(model, quantity):
    cells = values[model, quantity]
    rows, columns = numpy.max(list(cells), axis=0)
    return numpy.array([[cells[i, j] for j in range(columns + 1)] for i in range(1, rows + 1)])


print("model,row,quantity,index,value")


def put(model, quantity, rows):
    for i, row in enumerate(numpy.asarray(rows)):
        for j, value in enumerate(row):
            print(f"{model},{i + 1},{quantity},{j},{value:.17g}")


fit = sm.OLS(matrix("linear", "y")[:, 0], sm.add_constant(matrix("linear", "x"))).fit()
put("linear", "dfbeta", OLSInfluence(fit).dfbeta)
for model, family in (("logistic", sm.families.Binomial()), ("poisson", sm.families.Poisson())):
    fit = sm.GLM(matrix(model, "y")[:, 0], sm.add_constant(matrix(model, "x")), family=family).fit(
        maxiter=60, tol=1e-15, tol_criterion="params")
    put(model, "d_params", fit.get_influence().d_params)
