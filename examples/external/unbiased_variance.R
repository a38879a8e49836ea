# A program with a mistake: Rscript unbiased_variance.R, for normal, calls the standard deviation with divisor n - 1 the
# maximum of the likelihood. `same-estimate` refutes it.
arguments <- commandArgs(FALSE)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE))), "fisherlab.R"))

serve(function(x) c(mean(x), sd(x), sd(x) / sqrt(length(x)), sd(x) / sqrt(2 * length(x))))
