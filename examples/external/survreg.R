# survival::survreg: Rscript survreg.R, for weibull, exponential and lognormal. It estimates a location mu and a scale s of
# log x with the covariance of (mu, log s); the delta method turns these into our parameters.
arguments <- commandArgs(FALSE)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE))), "fisherlab.R"))
suppressPackageStartupMessages(library(survival))

law <- switch(model, weibull = , exponential = , lognormal = model, unknown())
serve(function(x) {
  found <- survreg(Surv(x) ~ 1, dist = law)
  mu <- found$coefficients[[1]]
  error <- sqrt(diag(found$var))
  switch(model,
         weibull = { shape <- 1 / found$scale; scale <- exp(mu); c(shape, scale, shape * error[2], scale * error[1]) },
         exponential = c(exp(-mu), exp(-mu) * error[1]),
         lognormal = c(mu, found$scale, error[1], found$scale * error[2]))
})
