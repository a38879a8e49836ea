# One study as a statistician writes it in R, whole: draws, estimates, mean, covariance, coverage of the 95 % Wald interval
# of the first parameter.
#   Rscript bench/peers/studies.R STUDY REPLICATES
# STUDY: gamma, normal (all replicates of a chunk at once), gamma-fitdistr, normal-fitdistr (MASS), logistic-glm (glm.fit).
arguments <- commandArgs(trailingOnly = TRUE)
study <- arguments[1]
replicates <- as.integer(arguments[2])
set.seed(1)
chunk <- 2048
z <- qnorm(0.975)

say <- function(rows, held) {
  cat(nrow(rows), colMeans(rows), cov(rows), held / nrow(rows), "\n")
}

chunked <- function(of_chunk, truth) {
  rows <- list()
  held <- 0
  left <- replicates
  while (left > 0) {
    size <- min(chunk, left)
    found <- of_chunk(size)
    rows[[length(rows) + 1]] <- found$estimates
    held <- held + sum(abs(found$estimates[, 1] - truth) <= z * found$std_error)
    left <- left - size
  }
  say(do.call(rbind, rows), held)
}

one_by_one <- function(of_one, truth) {
  rows <- matrix(0, replicates, 2)
  held <- 0
  for (r in seq_len(replicates)) {
    found <- of_one()
    rows[r, ] <- found$estimates
    held <- held + (abs(found$estimates[1] - truth) <= z * found$std_error)
  }
  say(rows, held)
}

n <- 100
gamma_chunk <- function(size) {
  x <- matrix(rgamma(size * n, 2.5, 1.3), size)
  mean <- rowMeans(x)
  s <- log(mean) - rowMeans(log(x))
  k <- (3 - s + sqrt((s - 3)^2 + 24 * s)) / (12 * s)
  for (step in 1:4) k <- k - (log(k) - digamma(k) - s) / (1 / k - trigamma(k))
  list(estimates = cbind(k, k / mean), std_error = sqrt(k / (k * trigamma(k) - 1) / n))
}
normal_chunk <- function(size) {
  x <- matrix(rnorm(size * n, 1, 2), size)
  m <- rowMeans(x)
  s <- sqrt(rowMeans((x - m)^2))
  list(estimates = cbind(m, s), std_error = s / sqrt(n))
}
by_fitdistr <- function(x, law, ...) {
  fit <- suppressWarnings(MASS::fitdistr(x, law, ...))
  list(estimates = fit$estimate, std_error = fit$sd[1])
}
by_glm <- function() {
  design <- cbind(1, rnorm(200))
  fit <- glm.fit(design, as.numeric(runif(200) < plogis(design %*% c(0.5, 1))), family = binomial())
  list(estimates = fit$coefficients, std_error = sqrt(chol2inv(fit$qr$qr)[1, 1]))
}
switch(study,
  "gamma" = chunked(gamma_chunk, 2.5),
  "normal" = chunked(normal_chunk, 1),
  "gamma-fitdistr" = one_by_one(function() by_fitdistr(rgamma(n, 2.5, 1.3), "gamma"), 2.5),
  "normal-fitdistr" = one_by_one(function() by_fitdistr(rnorm(n, 1, 2), "normal"), 1),
  "logistic-glm" = one_by_one(by_glm, 0.5),
  stop("no study is called ", study))
