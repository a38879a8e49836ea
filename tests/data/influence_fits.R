# Linear, logistic and Poisson regressions fitted by R, for tests/estimators/influence: run from the project's top
# folder as
#   Rscript tests/data/influence_fits.R > tests/data/influence_fits.csv
# Each problem carries its data (`input` by row and column, `target` by row), the estimates, the summed loss at them
# (minus the log likelihood; for `linear` half the residual sum of squares) and `vcov` of lm and glm; linear also the
# residual variance s^2, by which vcov is divided there. Rows and columns count from 0; column 0 is the intercept.
control <- glm.control(epsilon = 1e-15, maxit = 100)
warp <- data.frame(breaks = warpbreaks$breaks, woolB = 1 * (warpbreaks$wool == "B"),
                   tensionM = 1 * (warpbreaks$tension == "M"), tensionH = 1 * (warpbreaks$tension == "H"))
fits <- list(
  linear = lm(stack.loss ~ Air.Flow + Water.Temp + Acid.Conc., data = stackloss),
  logistic = glm(supp == "VC" ~ len + dose, family = binomial, data = ToothGrowth, control = control),
  poisson = glm(breaks ~ woolB + tensionM + tensionH, family = poisson, data = warp, control = control))

line <- function(problem, what, row, column, value)
  cat(sprintf("%s,%s,%d,%d,%.17g\n", problem, what, row, column, value), sep = "")
cat("problem,what,row,column,value\n")
for (name in names(fits)) {
  fit <- fits[[name]]
  x <- model.matrix(fit)
  y <- 1 * model.response(model.frame(fit))
  p <- ncol(x)
  for (j in seq_len(p)[-1]) line(name, "input", seq_len(nrow(x)) - 1, j - 1, x[, j])
  line(name, "target", seq_along(y) - 1, 0, y)
  line(name, "estimate", 0, seq_len(p) - 1, coef(fit))
  line(name, "loss", 0, 0, if (name == "linear") sum(residuals(fit)^2) / 2 else -as.numeric(logLik(fit)))
  if (name == "linear") line(name, "variance", 0, 0, summary(fit)$sigma^2)
  v <- vcov(fit)
  for (i in seq_len(p)) line(name, "vcov", i - 1, seq_len(p) - 1, v[i, ])
}
