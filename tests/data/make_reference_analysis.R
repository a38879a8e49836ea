# Writes analysis_estimates.csv (estimates of a regression slope by two methods, with failures) and
# analysis_reference.csv: their performance by the formulas of Morris, White and Crowther (2019), table 6, in base R.
# Run with Rscript from this folder. R 4.2.2 wrote the files that are here.
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20190101)

rows <- NULL
for (n in c(15, 60)) for (r in 1:150) {
  x <- rnorm(n); y <- 1 + 0.5 * x + rt(n, 4)
  ols <- summary(lm(y ~ x))$coefficients[2, 1:2]
  w <- 1 / (1 + residuals(lm(y ~ x))^2)
  wls <- summary(lm(y ~ x, weights = w))$coefficients[2, 1:2]
  rows <- rbind(rows, data.frame(n = n, replicate = r, method = c("ols", "wls"), b = c(ols[1], wls[1]),
                                 se = c(ols[2], wls[2]), df = n - 2))
}
rows$b <- signif(rows$b, 12); rows$se <- signif(rows$se, 12)
q <- qt(0.975, rows$df)
rows$lo <- signif(rows$b - q * rows$se, 12); rows$hi <- signif(rows$b + q * rows$se, 12)
failed <- c(7, 8, 20, 333, 410)
rows$b[failed[1:4]] <- NA
rows$se[failed[c(1, 5)]] <- NA
write.csv(rows, "analysis_estimates.csv", row.names = FALSE, quote = FALSE)

truth <- 0.5
out <- NULL
for (n in c(15, 60)) {
  ok <- function(m) { d <- rows[rows$n == n & rows$method == m, ]; d[!is.na(d$b) & !is.na(d$se), ] }
  first <- ok("ols")
  for (m in c("ols", "wls")) {
    d <- ok(m); R <- nrow(d); e <- d$b - truth
    s <- sd(d$b); ms <- sqrt(mean(d$se^2))
    row <- data.frame(n = n, method = m, replicates = 150, failed = 150 - R)
    put <- function(name, value, mcse) { row[[name]] <<- value; row[[paste0(name, "_mcse")]] <<- mcse }
    share <- function(name, yes) put(name, mean(yes), sqrt(mean(yes) * (1 - mean(yes)) / R))
    put("bias", mean(e), s / sqrt(R))
    put("relative_bias", mean(e) / truth, s / sqrt(R) / truth)
    put("emp_se", s, s / sqrt(2 * (R - 1)))
    put("mse", mean(e^2), sqrt(sum((e^2 - mean(e^2))^2) / (R * (R - 1))))
    put("model_se", ms, sqrt(var(d$se^2) / (4 * R * ms^2)))
    put("relative_se_error", ms / s - 1, ms / s * sqrt(var(d$se^2) / (4 * R * ms^4) + 1 / (2 * (R - 1))))
    share("coverage", d$lo <= truth & truth <= d$hi)
    share("be_coverage", d$lo <= mean(d$b) & mean(d$b) <= d$hi)
    share("power", !(d$lo <= 0 & 0 <= d$hi))
    share("missed_below", d$hi < truth)
    share("missed_above", d$lo > truth)
    put("width", mean(d$hi - d$lo), sd(d$hi - d$lo) / sqrt(R))
    both <- merge(first, d, by = "replicate")
    ratio <- var(both$b.x) / var(both$b.y)
    put("relative_precision", ratio - 1, 2 * ratio * sqrt((1 - cor(both$b.x, both$b.y)^2) / (nrow(both) - 1)))
    # The same errors without the assumption of normality, by leaving out each replicate in turn.
    jackknife <- function(f) {
      t <- sapply(seq_len(R), function(i) f(d[-i, ])); sqrt((R - 1) / R * sum((t - mean(t))^2))
    }
    row$emp_se_jackknife <- jackknife(function(d) sd(d$b))
    row$relative_se_error_jackknife <- jackknife(function(d) sqrt(mean(d$se^2)) / sd(d$b))
    out <- rbind(out, row)
  }
}
out <- format(out, digits = 17, trim = TRUE)
write.csv(out, "analysis_reference.csv", row.names = FALSE, quote = FALSE)
