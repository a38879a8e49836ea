# A paper's figure and table of coverage from a run of `fisherlab simulate --interval ...`: base R alone.
#   Rscript coverage.R FOLDER COMPONENT     writes FOLDER/coverage.pdf and FOLDER/coverage.tex
arguments <- commandArgs(TRUE)
folder <- arguments[1]
rows <- subset(read.csv(file.path(folder, "performance.csv")), component == arguments[2])
interval <- sub(".*\\[(.*)\\]", "\\1", rows$estimator)  # "mle [score]" is called score
panels <- unique(rows$parameters)
intervals <- unique(interval)

pdf(file.path(folder, "coverage.pdf"), width = 2.6 * length(panels), height = 3)
par(mfrow = c(1, length(panels)), mar = c(4, 4, 2, 0.5))
for (panel in panels) {
  plot(range(rows$n), range(rows$coverage, 0.95), type = "n", log = "x", xlab = "n", ylab = "coverage", main = panel)
  abline(h = 0.95, col = "grey")
  for (k in seq_along(intervals)) {
    x <- rows[rows$parameters == panel & interval == intervals[k], ]
    lines(x$n, x$coverage, type = "b", pch = k)
    arrows(x$n, x$coverage - 1.96 * x$coverage_mcse, x$n, x$coverage + 1.96 * x$coverage_mcse, 0.02, 90, 3)
  }
  if (panel == panels[1]) legend("bottomright", intervals, pch = seq_along(intervals), bty = "n")
}
invisible(dev.off())

cells <- tapply(100 * rows$coverage, list(paste(rows$parameters, rows$n, sep = " & "), factor(interval, intervals)), mean)
cells <- cells[unique(paste(rows$parameters, rows$n, sep = " & ")), , drop = FALSE]
words <- gsub("_", "\\_", rownames(cells), fixed = TRUE)
writeLines(c(sprintf("\\begin{tabular}{lr%s}", strrep("r", ncol(cells))), "\\hline",
             paste("theta & n &", paste(colnames(cells), collapse = " & "), "\\\\ \\hline"),
             paste(words, "&", apply(cells, 1, function(x) paste(sprintf("%.1f", x), collapse = " & ")), "\\\\"),
             "\\hline", "\\end{tabular}",
             sprintf("%% per cent; Monte Carlo standard errors at most %.2f", 100 * max(rows$coverage_mcse))),
           file.path(folder, "coverage.tex"))
