# stats::glm and lm: Rscript glm.R, for logistic_regression and poisson_regression, whose observations are (x, y).
arguments <- commandArgs(FALSE)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE))), "fisherlab.R"))

family <- switch(model, logistic_regression = binomial(), poisson_regression = poisson(), unknown())
serve(function(xy) {
  found <- glm(xy[, 2] ~ xy[, 1], family = family)
  if (!found$converged) return(NULL)
  summary(found)$coefficients[, 1:2]
})
