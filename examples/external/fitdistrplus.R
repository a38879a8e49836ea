# fitdistrplus::fitdist: Rscript fitdistrplus.R
arguments <- commandArgs(FALSE)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE))), "fisherlab.R"))
suppressPackageStartupMessages(library(fitdistrplus))

density <- switch(model, exponential = "exp", gamma = "gamma", weibull = "weibull", lognormal = "lnorm",
                  normal = "norm", poisson = "pois", geometric = "geom", logistic = "logis", cauchy = "cauchy",
                  beta = "beta", negative_binomial = "nbinom", unknown())
serve(function(x) {
  found <- fitdist(x, density)
  if (found$convergence != 0 || is.null(found$sd)) return(NULL)
  order <- if (model == "negative_binomial") c("mu", "size") else names(found$estimate)
  c(found$estimate[order], found$sd[order])
})
