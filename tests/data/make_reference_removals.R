# What R says about removing single rows, for tests/estimators/influence: run from the project's top folder as
#   Rscript tests/data/make_reference_removals.R > tests/data/reference_removals.csv
# One number a line: model, row (from 1), quantity, index within the row, value.
#   y, x: the data;  hat, cook: hatvalues, cooks.distance;
#   dfbeta (lm): coefficients minus those without the row;  influence: (estfun bread / n) of package sandwich.
# A glm keeps weights of its last but one iterate, so it is iterated until the deviance no longer moves.
suppressMessages(library(sandwich))
options(digits = 17)

put <- function(model, quantity, values) {
  values <- as.matrix(values)
  for (i in seq_len(nrow(values)))
    cat(sprintf("%s,%d,%s,%d,%.17g\n", model, i, quantity, seq_len(ncol(values)) - 1, values[i, ]), sep = "")
}

put_fit <- function(model, fit) {
  put(model, "y", fit$y %||% fit$model[[1]])
  put(model, "x", model.matrix(fit)[, -1])
  put(model, "coefficient", t(coef(fit)))
  put(model, "hat", hatvalues(fit))
  put(model, "cook", cooks.distance(fit))
  put(model, "influence", estfun(fit) %*% bread(fit) / nobs(fit))
}
`%||%` <- function(a, b) if (is.null(a)) b else a
exactly <- glm.control(epsilon = 1e-300, maxit = 60)

cat("model,row,quantity,index,value\n")
linear <- lm(stack.loss ~ Air.Flow + Water.Temp + Acid.Conc., stackloss)
put_fit("linear", linear)
put("linear", "dfbeta", dfbeta(linear))

flowers <- subset(iris, Species != "setosa")
flowers$virginica <- as.numeric(flowers$Species == "virginica")
put_fit("logistic", suppressWarnings(glm(virginica ~ Sepal.Length + Petal.Width, binomial, flowers, control = exactly)))

put_fit("poisson", suppressWarnings(glm(stations ~ mag + depth, poisson, quakes[1:60, ], control = exactly)))
