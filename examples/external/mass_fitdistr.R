# MASS::fitdistr: Rscript mass_fitdistr.R
arguments <- commandArgs(FALSE)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE))), "fisherlab.R"))
suppressPackageStartupMessages(library(MASS))

density <- switch(model, exponential = , gamma = , weibull = , lognormal = , normal = , poisson = , logistic = ,
                  cauchy = , geometric = model, negative_binomial = "negative binomial", beta = "beta", unknown())
serve(function(x) {
  found <- if (model == "beta") {
    m <- mean(x); k <- m * (1 - m) / var(x) - 1
    fitdistr(x, "beta", start = list(shape1 = m * k, shape2 = (1 - m) * k))
  } else fitdistr(x, density)
  order <- if (model == "negative_binomial") c("mu", "size") else names(found$estimate)
  c(found$estimate[order], found$sd[order])
})
