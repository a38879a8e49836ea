# The text protocol of docs/external.md for R: serve(fit) answers every sample with fit(x), x an n x d matrix (a vector
# where d is 1), which gives c(estimates, standard errors), and with intervals = "yes" the lower and upper end for each parameter behind
# them, or NULL where there is no fit.
serve <- function(fit) {
  input <- file("stdin", "r")
  repeat {
    header <- readLines(input, 1)
    if (length(header) == 0) break
    size <- as.numeric(strsplit(header, " ")[[1]])
    for (line in readLines(input, size[1])) {
      x <- as.numeric(strsplit(line, " ")[[1]])
      if (size[3] > 1) x <- matrix(x, ncol = size[3], byrow = TRUE)
      numbers <- tryCatch(suppressWarnings(fit(x)), error = function(e) NULL)
      if (is.null(numbers)) numbers <- rep(NA, width)
      width <<- length(numbers)
      cat(as.integer(!anyNA(numbers)), format(numbers, digits = 17), "\n")
    }
    flush(stdout())
  }
}
parameters <- strsplit(Sys.getenv("FISHERLAB_PARAMETERS"), ",")[[1]]
width <- 2 * length(parameters)
model <- Sys.getenv("FISHERLAB_MODEL")
unknown <- function() stop("this program does not know the model ", model)
