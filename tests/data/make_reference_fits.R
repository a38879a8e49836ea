# Reference maximum likelihood fits of the shipped data sets, for tests/estimators: run from the project's top folder as
#   Rscript tests/data/make_reference_fits.R > tests/data/reference_fits.csv
# Derivatives are R's symbolic ones (deriv3); optim finds the maximum, Newton steps polish it to rounding. The ends of
# the likelihood-ratio interval solve 2 (l(max) - l(profile)) = qchisq(0.95, 1).
densities <- list(
  weibull = list(parameters = c("shape", "scale"),
                 terms = deriv3(~ log(shape) - shape * log(scale) + (shape - 1) * log(x) - (x / scale)^shape,
                                c("shape", "scale"), function(shape, scale, x) NULL),
                 start = function(x) c(1.2 / sd(log(x)), mean(x)), positive = c(TRUE, TRUE)),
  gamma = list(parameters = c("shape", "rate"),
               terms = deriv3(~ shape * log(rate) - lgamma(shape) + (shape - 1) * log(x) - rate * x,
                              c("shape", "rate"), function(shape, rate, x) NULL),
               start = function(x) c(mean(x)^2, mean(x)) / var(x), positive = c(TRUE, TRUE)),
  logistic = list(parameters = c("location", "scale"),
                  terms = deriv3(~ -(x - location) / scale - log(scale) - 2 * log(1 + exp(-(x - location) / scale)),
                                 c("location", "scale"), function(location, scale, x) NULL),
                  start = function(x) c(mean(x), sd(x) / 2), positive = c(FALSE, TRUE)),
  cauchy = list(parameters = c("location", "scale"),
                terms = deriv3(~ -log(pi) - log(scale) - log(1 + ((x - location) / scale)^2),
                               c("location", "scale"), function(location, scale, x) NULL),
                start = function(x) c(median(x), IQR(x) / 2), positive = c(FALSE, TRUE)))

sums <- function(d, t, x) {
  v <- d$terms(t[1], t[2], x)
  list(value = sum(v), gradient = colSums(attr(v, "gradient")), hessian = apply(attr(v, "hessian"), 2:3, sum))
}

# Maximum over the parameters `free`, the others held; positive parameters are searched on the log scale.
maximum <- function(d, t, x, free) {
  logs <- d$positive[free]
  objective <- function(f) {
    t[free] <- ifelse(logs, exp(f), f)
    -sums(d, t, x)$value
  }
  method <- if (length(free) == 1) "BFGS" else "Nelder-Mead"
  f <- optim(ifelse(logs, log(t[free]), t[free]), objective, method = method,
             control = list(reltol = 1e-15, maxit = 5000))$par
  t[free] <- ifelse(logs, exp(f), f)
  for (step in 1:4) {
    s <- sums(d, t, x)
    t[free] <- t[free] - solve(s$hessian[free, free], s$gradient[free])
  }
  t
}

lr_end <- function(d, t, x, a, side) {
  top <- sums(d, t, x)$value
  se <- sqrt(diag(solve(-sums(d, t, x)$hessian)))[a]
  excess <- function(v) {
    u <- t
    u[a] <- v
    2 * (top - sums(d, maximum(d, u, x, setdiff(1:2, a)), x)$value) - qchisq(0.95, 1)
  }
  far <- if (d$positive[a]) t[a] * exp(side * 3.5 * se / t[a]) else t[a] + side * 3.5 * se
  uniroot(excess, sort(c(t[a], far)), tol = 1e-14 * abs(t[a]))$root
}

cat("data,model,parameter,estimate,observed_std_error,log_likelihood,lr_lower,lr_upper\n")
for (set in c("ball_bearings", "air_conditioning")) {
  x <- read.csv(file.path("data", paste0(set, ".csv")))[[1]]
  for (model in names(densities)) {
    d <- densities[[model]]
    t <- maximum(d, d$start(x), x, 1:2)
    s <- sums(d, t, x)
    se <- sqrt(diag(solve(-s$hessian)))
    for (a in 1:2) {
      numbers <- c(t[a], se[a], s$value, lr_end(d, t, x, a, -1), lr_end(d, t, x, a, 1))
      cat(paste(c(set, model, d$parameters[a], sprintf("%.15g", numbers)), collapse = ","), "\n", sep = "")
    }
  }
}
