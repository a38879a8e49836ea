# What R says of interval-censored data, for tests/runs/diagnosis/censored/interval_censoring_test.cpp: run from the project's top folder as
#   Rscript tests/data/make_reference_intervals.R
# Writes tests/data/intervals_*.csv, the data, and tests/data/reference_intervals.csv, one number a line:
#   data, model, quantity (estimate, std_error, log_likelihood), parameter (or empty), value.
# By survival::survreg(Surv(lower, upper, type = "interval2")), brought to the parameters of this program: exponential
# rate = exp(-mu); Weibull shape = 1/sigma, scale = exp(mu); standard errors by the delta method. The Gumbel law of maxima
# is the extreme value law of -x. survreg has no gamma law: there optim (BFGS, then Newton steps on
# differences of fourth order) maximises sum log(pgamma(u) - pgamma(l)).
# "visits": shape like the breast cosmesis data of Finkelstein and Wolfe (1985), made here: left-, interval- and
# right-censored. "mixed": exact values among them, some on the negative axis for laws of the line.
suppressMessages(library(survival))
options(digits = 17)
set.seed(20261130)
out <- file("tests/data/reference_intervals.csv", "w")
writeLines("data,model,quantity,of,value", out)
put <- function(data, model, quantity, of, value) writeLines(sprintf("%s,%s,%s,%s,%.17g", data, model, quantity, of, value), out)

visits <- function(x, gap) {  # each life is looked at at random times, up to a last one
  t(sapply(x, function(v) {
    at <- round(cumsum(round(rgamma(8, 4, 4 / gap), 1) + 0.1), 1)
    c(lower = if (any(at < v)) max(at[at < v]) else NA, upper = if (any(at >= v)) min(at[at >= v]) else NA)
  }))
}
life <- as.data.frame(visits(rweibull(60, 1.6, 25), 6))
mixed <- as.data.frame(visits(rweibull(50, 2, 20), 5))
seen <- seq(1, 50, by = 3)
mixed[seen, ] <- round(rweibull(length(seen), 2, 20), 2)
save <- function(name, d) write.table(format(d, digits = 6, trim = TRUE, nsmall = 0), sprintf("tests/data/intervals_%s.csv", name), sep = ",", quote = FALSE, row.names = FALSE)
save("visits", life); save("mixed", mixed)
line <- transform(mixed, lower = lower - 15, upper = upper - 15)
line <- round(line, 2)
save("line", line)

exactly <- survreg.control(rel.tolerance = 1e-15, maxiter = 300)
put_all <- function(data, model, estimates, errors, log_likelihood) {
  put(data, model, "estimate", names(estimates), estimates)
  put(data, model, "std_error", names(estimates), errors)
  put(data, model, "log_likelihood", "", log_likelihood)
}
by_survreg <- function(data, d, model, dist, sign = 1) {
  s <- if (sign == 1) Surv(d$lower, d$upper, type = "interval2") else Surv(-d$upper, -d$lower, type = "interval2")
  f <- survreg(s ~ 1, dist = dist, control = exactly)
  mu <- unname(coef(f)); sigma <- f$scale; v <- vcov(f)
  se <- sqrt(diag(v))
  l <- as.numeric(logLik(f))
  switch(model,
    exponential = put_all(data, model, c(rate = exp(-mu)), exp(-mu) * se[1], l),
    weibull = put_all(data, model, c(shape = 1 / sigma, scale = exp(mu)), c(se[2] / sigma, exp(mu) * se[1]), l),
    lognormal = put_all(data, model, c(meanlog = mu, sdlog = sigma), c(se[1], sigma * se[2]), l),
    normal = put_all(data, model, c(mean = mu, sd = sigma), c(se[1], sigma * se[2]), l),
    put_all(data, model, c(location = sign * mu, scale = sigma), c(se[1], sigma * se[2]), l))
}
by_optim <- function(data, d) {
  l <- ifelse(is.na(d$lower), 0, d$lower); u <- ifelse(is.na(d$upper), Inf, d$upper); exact <- l == u
  value <- function(w) {
    shape <- exp(w[1]); rate <- exp(w[2])
    lower <- pgamma(l, shape, rate); upper <- pgamma(u, shape, rate)
    tails <- pgamma(l, shape, rate, lower.tail = FALSE) - pgamma(u, shape, rate, lower.tail = FALSE)
    sum(ifelse(exact, dgamma(l, shape, rate, log = TRUE), log(ifelse(lower > 0.5, tails, upper - lower))))
  }
  f <- optim(c(0, log(1 / 20)), function(w) -value(w), method = "BFGS", control = list(reltol = 1e-15, maxit = 500))
  w <- f$par
  gradient <- function(w, h = 1e-3) sapply(1:2, function(a) {  # of fourth order
    e <- h * (1:2 == a)
    (8 * (value(w + e) - value(w - e)) - (value(w + 2 * e) - value(w - 2 * e))) / (12 * h)
  })
  hessian <- function(w, h = 1e-3) sapply(1:2, function(a) {
    e <- h * (1:2 == a)
    (8 * (gradient(w + e) - gradient(w - e)) - (gradient(w + 2 * e) - gradient(w - 2 * e))) / (12 * h)
  })
  for (k in 1:20) w <- w - solve(hessian(w), gradient(w))
  errors <- sqrt(diag(solve(-hessian(w)))) * exp(w)
  put_all(data, "gamma", c(shape = exp(w[1]), rate = exp(w[2])), errors, value(w))
}
for (name in c("visits", "mixed")) {
  d <- if (name == "visits") life else mixed
  by_survreg(name, d, "exponential", "exponential")
  by_survreg(name, d, "weibull", "weibull")
  by_survreg(name, d, "lognormal", "lognormal")
  by_optim(name, d)
}
for (name in c("visits", "line")) {
  d <- if (name == "visits") life else line
  by_survreg(name, d, "normal", "gaussian")
  by_survreg(name, d, "logistic", "logistic")
  by_survreg(name, d, "gumbel", "extreme", -1)
}
close(out)
