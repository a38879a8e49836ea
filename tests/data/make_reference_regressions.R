# What R says of regressions, for tests/runs/formula and tests/estimators/regression: run from the project's top folder as
#   Rscript tests/data/make_reference_regressions.R
# Writes tests/data/regression_*.csv, the data, and tests/data/reference_regressions.csv, one number a line:
#   case, quantity, coefficient (or row, from 1; or empty), value.
# coefficient, std_error, p, HC0 ... HC3 (sandwich::vcovHC), log_likelihood, deviance, aic, bic, sigma, size, size_error,
# hat, cook (cooks.distance), dfbetas:COEFFICIENT, lower and upper: confint(), which for lm is Student's t and for glm
# interpolates the profile; ratio_lower and ratio_upper: the likelihood-ratio interval by root search, for the negative
# binomial law with the size at its maximum (MASS keeps it); breusch_pagan: lmtest::bptest, studentized.
# A glm keeps weights of its last but one iterate, so it is iterated until the deviance no longer moves.
suppressMessages({library(sandwich); library(MASS); library(lmtest)})
options(digits = 17, contrasts = c("contr.treatment", "contr.poly"))
invisible(Sys.setlocale("LC_COLLATE", "C"))  # the order of levels
exactly <- glm.control(epsilon = 1e-300, maxit = 60)
out <- file("tests/data/reference_regressions.csv", "w")
writeLines("case,quantity,of,value", out)
put <- function(case, quantity, of, value) writeLines(sprintf("%s,%s,%s,%.17g", case, quantity, of, value), out)

put_fit <- function(case, fit) {
  b <- coef(fit)
  b <- b[!is.na(b)]
  s <- coef(summary(fit))
  put(case, "coefficient", names(b), b)
  put(case, "std_error", names(b), s[, 2])
  put(case, "p", names(b), s[, 4])
  for (type in c("HC0", "HC1", "HC2", "HC3")) put(case, type, names(b), sqrt(diag(vcovHC(fit, type)))[names(b)])
  put(case, "log_likelihood", "", as.numeric(logLik(fit)))
  put(case, "deviance", "", deviance(fit))
  put(case, "aic", "", AIC(fit))
  put(case, "bic", "", BIC(fit))
  rows <- seq_along(fitted(fit))
  put(case, "hat", rows, hatvalues(fit))
  put(case, "cook", rows, cooks.distance(fit))
  d <- dfbetas(fit)
  for (k in colnames(d)) put(case, paste0("dfbetas|", k), rows, d[, k])
}

put_confint <- function(case, fit) {
  ci <- suppressMessages(confint(fit))
  ci <- ci[!is.na(ci[, 1]), , drop = FALSE]
  put(case, "lower", rownames(ci), ci[, 1])
  put(case, "upper", rownames(ci), ci[, 2])
}

# Roots of twice the log likelihood ratio at chi-squared's quantile; `refit(k, b)`: the log likelihood at beta_k = b.
put_ratio <- function(case, fit, refit) {
  top <- as.numeric(logLik(fit))
  se <- coef(summary(fit))[, 2]
  for (k in seq_along(coef(fit))) {
    f <- function(b) 2 * (top - refit(k, b)) - qchisq(0.95, 1)
    b <- coef(fit)[k]
    end <- function(side) {
      reach <- 1
      while (f(b + side * reach * se[k]) < 0) reach <- 1.5 * reach
      uniroot(f, sort(c(b, b + side * reach * se[k])), tol = 1e-13)$root
    }
    put(case, "ratio_lower", names(b), end(-1))
    put(case, "ratio_upper", names(b), end(1))
  }
}
glm_refit <- function(fit) {
  x <- model.matrix(fit); y <- fit$y; w <- fit$prior.weights
  o <- if (is.null(fit$offset)) 0 * y else fit$offset
  function(k, b) {
    g <- suppressWarnings(glm.fit(x[, -k, drop = FALSE], y, weights = w, offset = o + b * x[, k], family = fit$family,
                                  control = exactly))
    g$rank + (if (fit$family$family == "gaussian") 1 else 0) - g$aic / 2
  }
}

save_data <- function(name, data) write.csv(data, sprintf("tests/data/regression_%s.csv", name), row.names = FALSE, quote = FALSE)
set.seed(20261129)

# 1, 2: lm with a factor, an interaction and transforms; with weights and an offset
cars <- data.frame(mpg = mtcars$mpg, wt = mtcars$wt, hp = mtcars$hp, cyl = mtcars$cyl,
                   gear = c("three", "four", "five")[mtcars$gear - 2], w = round(1 + 3 * runif(32), 2))
save_data("cars", cars)
fit <- lm(mpg ~ log(hp) + wt * gear + I(wt^2), cars)
put_fit("cars", fit); put_confint("cars", fit); put("cars", "sigma", "", sigma(fit))
put("cars", "breusch_pagan", "", bptest(fit)$statistic)
fit <- lm(mpg ~ factor(cyl) + sqrt(hp) + offset(wt), cars, weights = w)
put_fit("weighted", fit); put_confint("weighted", fit); put("weighted", "sigma", "", sigma(fit))

# 3: ill-conditioned
fit <- lm(Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population + Year, longley)
save_data("longley", longley)
put_fit("longley", fit); put_confint("longley", fit)

# 4, 5: logistic with a factor; shares of trials
births <- with(birthwt, data.frame(low, age, lwt, race = c("white", "black", "other")[race], smoke = c("no", "yes")[smoke + 1]))
save_data("births", births)
fit <- suppressWarnings(glm(low ~ age + lwt + race * smoke, binomial, births, control = exactly))
put_fit("births", fit); put_confint("births", fit); put_ratio("births", fit, glm_refit(fit))
doses <- with(esoph, data.frame(agegp = as.character(agegp), alc = as.numeric(alcgp), trials = ncases + ncontrols,
                                share = ncases / (ncases + ncontrols)))
doses <- doses[doses$trials > 0, ]
write.csv(format(doses, digits = 17, trim = TRUE), "tests/data/regression_doses.csv", row.names = FALSE, quote = FALSE)
fit <- suppressWarnings(glm(share ~ agegp + alc, binomial, doses, weights = trials, control = exactly))
put_fit("doses", fit); put_confint("doses", fit); put_ratio("doses", fit, glm_refit(fit))

# 6, 7: Poisson with an offset; with weights and no intercept
claims <- transform(Insurance, District = paste0("d", District), Group = as.character(Group), Age = as.character(Age))
save_data("claims", claims)
fit <- suppressWarnings(glm(Claims ~ District + Group + Age + offset(log(Holders)), poisson, claims, control = exactly))
put_fit("claims", fit); put_confint("claims", fit); put_ratio("claims", fit, glm_refit(fit))
warps <- transform(warpbreaks, w = rep(c(1, 2, 3), 18))
save_data("warps", warps)
warps$tension <- as.character(warps$tension)
fit <- suppressWarnings(glm(breaks ~ 0 + wool + tension, poisson, warps, weights = w, control = exactly))
put_fit("warps_weighted", fit); put_ratio("warps_weighted", fit, glm_refit(fit))
fit <- suppressWarnings(glm(breaks ~ wool * tension, poisson, warps, control = exactly))
put_fit("warps", fit); put_confint("warps", fit); put_ratio("warps", fit, glm_refit(fit))

# 8: negative binomial
fit <- glm.nb(breaks ~ wool * tension, warps, control = glm.control(epsilon = 1e-15, maxit = 200))
theta <- theta.ml(warps$breaks, fitted(fit), limit = 100, eps = 1e-14)
put_fit("warps_negative_binomial", fit)
put("warps_negative_binomial", "size", "", theta); put("warps_negative_binomial", "size_error", "", attr(theta, "SE"))
nb_top <- function(k, b, fit) {
  x <- model.matrix(fit)[, -k, drop = FALSE]; z <- model.matrix(fit)[, k]; y <- fit$y
  g <- glm.nb(y ~ 0 + x + offset(b * z), control = glm.control(epsilon = 1e-15, maxit = 200))
  as.numeric(logLik(g))
}
put_ratio("warps_negative_binomial", fit, function(k, b) nb_top(k, b, fit))

# 9: full dummy coding where margins are missing, a column that depends on others
fit <- lm(breaks ~ wool:tension, warps)
put_fit("cells", fit)

# 10 to 12: the examples of R's own pages: abortions and infertility, days away from school, teeth of guinea pigs
infertile <- with(infert, data.frame(case, age, parity, induced, spontaneous, education = as.character(education)))
save_data("infert", infertile)
fit <- suppressWarnings(glm(case ~ age + parity + factor(induced) * spontaneous + education, binomial, infertile,
                            control = exactly))
put_fit("infert", fit); put_confint("infert", fit); put_ratio("infert", fit, glm_refit(fit))
absent <- with(quine, data.frame(Eth = as.character(Eth), Sex = as.character(Sex), Age = as.character(Age),
                                 Lrn = as.character(Lrn), Days))
save_data("quine", absent)
fit <- glm.nb(Days ~ Eth * Sex + Age + Lrn, absent, control = glm.control(epsilon = 1e-15, maxit = 200))
theta <- theta.ml(absent$Days, fitted(fit), limit = 100, eps = 1e-14)
put_fit("quine", fit); put("quine", "size", "", theta); put("quine", "size_error", "", attr(theta, "SE"))
put_ratio("quine", fit, function(k, b) nb_top(k, b, fit))
teeth <- transform(ToothGrowth, supp = as.character(supp))
save_data("teeth", teeth)
fit <- lm(len ~ supp * log(dose), teeth)
put_fit("teeth", fit); put_confint("teeth", fit); put("teeth", "sigma", "", sigma(fit))
fit <- lm(len ~ supp:dose, teeth)
put_fit("teeth_slopes", fit); put_confint("teeth_slopes", fit)
close(out)
