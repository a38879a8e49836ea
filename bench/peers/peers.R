# Ten published data sets of R's packages, fitted by R's programs as a practitioner calls them, for docs/peers.md and
# tests/runs/diagnosis/peers_test.cpp. From the project's top folder:
#   Rscript bench/peers/peers.R data         writes the data to tests/data/peers/
#   Rscript bench/peers/peers.R fits         > bench/peers/r.csv
# fitdist's optimiser is told to be exact (reltol 1e-15); its errors are those of its numerical Hessian.
suppressMessages({library(fitdistrplus); library(MASS); library(survival); library(sandwich); library(lmtest)})
data(groundbeef); data(toxocara); data(galaxies); data(leuk, package = "MASS")
sets <- list(
  groundbeef = list(x = groundbeef$serving, fits = c("gamma", "weibull", "lnorm")),
  aircondit = list(x = boot::aircondit$hours, fits = c("exp", "weibull", "gamma")),
  galaxies = list(x = galaxies / 1000, fits = c("norm", "logis")),
  rivers = list(x = as.numeric(rivers), fits = c("lnorm", "gamma")),
  precip = list(x = as.numeric(precip), fits = c("norm", "logis", "weibull")),
  nhtemp = list(x = as.numeric(nhtemp), fits = c("norm", "logis")),
  warpbreaks = list(x = warpbreaks$breaks, fits = c("pois", "nbinom")),
  toxocara = list(x = toxocara$number, fits = c("nbinom")),
  discoveries = list(x = as.numeric(discoveries), fits = c("pois", "nbinom")))
censored <- list(
  lung = list(x = lung$time, event = lung$status - 1, fits = c("weibull", "exponential", "lognormal")))
ours <- c(gamma = "gamma", weibull = "weibull", lnorm = "lognormal", exp = "exponential", norm = "normal",
          logis = "logistic", pois = "poisson", nbinom = "negative_binomial", lognormal = "lognormal",
          exponential = "exponential")
names_of <- list(gamma = c(shape = "shape", rate = "rate"), weibull = c(shape = "shape", scale = "scale"),
                 lnorm = c(meanlog = "meanlog", sdlog = "sdlog"), exp = c(rate = "rate"),
                 norm = c(mean = "mean", sd = "sd"), logis = c(location = "location", scale = "scale"),
                 pois = c(lambda = "mean"), nbinom = c(mu = "mean", size = "size"))

say <- function(program, set, model, quantity, parameter, value)
  cat(sprintf("%s,%s,%s,%s,%s,%.10g\n", program, set, model, quantity, parameter, value))

# Statistics with their p-values by samples drawn at the fit and fitted again, as diagnose has them.
p_values <- function(x, dist, fit, replicates = 499) {
  observed <- gofstat(fit)
  draw <- get(paste0("r", dist))
  larger <- c(0, 0, 0)
  for (r in seq_len(replicates)) {
    again <- suppressWarnings(fitdist(do.call(draw, c(list(length(x)), as.list(fit$estimate))), dist))
    g <- gofstat(again)
    larger <- larger + (c(g$ad, g$cvm, g$ks) >= c(observed$ad, observed$cvm, observed$ks))
  }
  (larger + 1) / (replicates + 1)
}

fits <- function() {
  cat("program,data,model,quantity,parameter,value\n")
  set.seed(1)
  for (set in names(sets)) for (dist in sets[[set]]$fits) {
    x <- sets[[set]]$x
    exact <- list(reltol = 1e-15, maxit = 5000)
    counts <- dist %in% c("pois", "nbinom")
    time <- system.time(fit <- suppressWarnings(fitdist(x, dist, control = exact)))[["user.self"]]
    model <- ours[[dist]]
    for (p in names(fit$estimate)) {
      say("fitdist", set, model, "estimate", names_of[[dist]][[p]], fit$estimate[[p]])
      say("fitdist", set, model, "std_error", names_of[[dist]][[p]], fit$sd[[p]])
    }
    # fitdist takes steps of .001 for its Hessian, whatever the parameter; here they are a ten-thousandth of it.
    minus_l <- function(t) -sum(do.call(paste0("d", dist), c(list(x), as.list(t), log = TRUE)))
    hessian <- optimHess(fit$estimate, minus_l, control = list(ndeps = 1e-4 * abs(fit$estimate)))
    for (p in names(fit$estimate))
      say("optimHess", set, model, "std_error", names_of[[dist]][[p]], sqrt(diag(solve(hessian)))[[p]])
    say("fitdist", set, model, "log_likelihood", "", fit$loglik)
    say("fitdist", set, model, "AIC", "", fit$aic)
    say("fitdist", set, model, "BIC", "", fit$bic)
    say("fitdist", set, model, "seconds", "", time)
    if (!counts) {
      g <- gofstat(fit)
      say("gofstat", set, model, "Anderson-Darling", "", g$ad)
      say("gofstat", set, model, "Cramer-von Mises", "", g$cvm)
      say("gofstat", set, model, "Kolmogorov", "", g$ks)
      if (dist == sets[[set]]$fits[1]) {
        time <- system.time(p <- p_values(x, dist, fit))[["user.self"]]
        say("gofstat", set, model, "p of Anderson-Darling", "", p[1])
        say("gofstat", set, model, "p of Cramer-von Mises", "", p[2])
        say("gofstat", set, model, "p of Kolmogorov", "", p[3])
        say("gofstat", set, model, "seconds of p", "", time)
      }
    }
    if (dist == sets[[set]]$fits[1]) {
      time <- system.time(b <- suppressWarnings(bootdist(fit, bootmethod = "nonparam", niter = 1001)))[["user.self"]]
      for (p in names(fit$estimate))
        say("bootdist", set, model, "resampled_std_error", names_of[[dist]][[p]], sd(b$estim[[p]]))
      say("bootdist", set, model, "seconds", "", time)
    }
    if (dist == "pois") {
      g <- glm(x ~ 1, family = poisson(link = "identity"), start = mean(x))
      say("glm", set, model, "estimate", "mean", coef(g)[[1]])
      say("glm", set, model, "std_error", "mean", sqrt(vcov(g))[[1]])
      say("sandwich", set, model, "sandwich", "mean", sqrt(vcovHC(g, "HC0"))[[1]])
    }
  }
  for (set in names(censored)) for (dist in censored[[set]]$fits) {
    s <- censored[[set]]
    time <- system.time(f <- survreg(Surv(s$x, s$event) ~ 1, dist = dist))[["user.self"]]
    v <- vcov(f)
    if (dist == "weibull") {
      say("survreg", set, "weibull", "estimate", "shape", 1 / f$scale)
      say("survreg", set, "weibull", "std_error", "shape", sqrt(v[2, 2]) / f$scale)
      say("survreg", set, "weibull", "estimate", "scale", exp(coef(f)[[1]]))
      say("survreg", set, "weibull", "std_error", "scale", sqrt(v[1, 1]) * exp(coef(f)[[1]]))
    } else if (dist == "exponential") {
      say("survreg", set, "exponential", "estimate", "rate", exp(-coef(f)[[1]]))
      say("survreg", set, "exponential", "std_error", "rate", sqrt(v[1, 1]) * exp(-coef(f)[[1]]))
    } else {
      say("survreg", set, "lognormal", "estimate", "meanlog", coef(f)[[1]])
      say("survreg", set, "lognormal", "std_error", "meanlog", sqrt(v[1, 1]))
      say("survreg", set, "lognormal", "estimate", "sdlog", f$scale)
      say("survreg", set, "lognormal", "std_error", "sdlog", sqrt(v[2, 2]) * f$scale)
    }
    say("survreg", set, ours[[dist]], "log_likelihood", "", f$loglik[2])
    say("survreg", set, ours[[dist]], "seconds", "", time)
  }
}

if (commandArgs(TRUE)[1] == "data") {
  for (set in names(sets))
    write.csv(data.frame(x = sets[[set]]$x), sprintf("tests/data/peers/%s.csv", set), row.names = FALSE, quote = FALSE)
  write.csv(data.frame(x = censored$lung$x, event = censored$lung$event), "tests/data/peers/lung.csv",
            row.names = FALSE, quote = FALSE)
} else {
  fits()
}
