# Drives fisherlab, reads its run, and draws what a paper needs, in base R: Rscript study.R [PROGRAM] [FOLDER]
#
# Bias, standard errors and coverage of maximum likelihood and moments for a gamma law over n: a table, and three plots with
# Monte Carlo errors.
arguments <- commandArgs(TRUE)
program <- if (length(arguments) > 0) arguments[1] else "fisherlab"
folder <- if (length(arguments) > 1) arguments[2] else "gamma-study"

status <- system2(program, c("simulate", "gamma", "--theta", "shape=2.5,rate=1.3", "--n", shQuote("20:320 by x2"),
                             "--replicates", "20000", "--estimator", "mle,moments", "--quiet", "--keep-estimates", "--out",
                             shQuote(folder)), stdout = FALSE)
if (status != 0) stop("fisherlab gave exit code ", status)

performance <- read.csv(file.path(folder, "performance.csv"))  # every table of a run loads with one line
estimates <- read.csv(file.path(folder, "estimates.csv"))

shape <- subset(performance, component == "shape")
print(shape[c("n", "estimator", "bias", "bias_mcse", "emp_se", "model_se", "coverage")], row.names = FALSE)
print(aggregate(estimate ~ n + estimator + component, estimates, median))

pdf(file.path(folder, "gamma.pdf"), width = 11, height = 3.6)
par(mfrow = c(1, 3))
curve_of <- function(measure, title, line) {
  rows <- shape[!is.na(shape[[measure]]), ]
  error <- 1.96 * rows[[paste0(measure, "_mcse")]]
  ends <- range(rows[[measure]] - error, rows[[measure]] + error, line, na.rm = TRUE)
  plot(NULL, xlim = range(rows$n), ylim = ends, log = "x", xlab = "n", ylab = "", main = title)
  names <- unique(rows$estimator)
  for (k in seq_along(names)) {
    own <- rows[rows$estimator == names[k], ]
    half <- 1.96 * own[[paste0(measure, "_mcse")]]
    lines(own$n, own[[measure]], type = "b", pch = 14 + k, col = k)
    arrows(own$n, own[[measure]] - half, own$n, own[[measure]] + half, angle = 90, code = 3, length = 0.03, col = k)
  }
  if (length(line) == 1) abline(h = line, lty = 3)
  legend("topright", names, col = seq_along(names), pch = 14 + seq_along(names), bty = "n")
}
curve_of("bias", "bias of the shape", 0)
curve_of("emp_se", "its standard deviation", numeric())
mle <- shape[shape$estimator == "mle", ]
lines(mle$n, sqrt(mle$bound), lty = 2)
curve_of("coverage", "coverage of the 95 % interval", 0.95)
invisible(dev.off())
cat("plots in", file.path(folder, "gamma.pdf"), "\n")
