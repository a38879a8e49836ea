#include "reports/theory/sentences.hpp"

#include <array>

namespace fisherlab::reports {
namespace {

constexpr std::string_view information = "6.1 Fisher information";
constexpr std::string_view mle = "6.2 The law of the maximum likelihood estimate";
constexpr std::string_view identities = "6.3 Intuition and identities";
constexpr std::string_view optimality = "6.4 Optimality";
constexpr std::string_view influence = "6.5 Influence functions";
constexpr std::string_view nuisance = "Nuisance parameters";
constexpr std::string_view processing = "Data processing";
constexpr std::string_view biased = "Biased bounds";
constexpr std::string_view local = "Local asymptotic normality";
constexpr std::string_view second = "Second order";
constexpr std::string_view geometry = "Geometry";
constexpr std::string_view shrinkage = "Conditioning and shrinking";
constexpr std::string_view resampling = "Resampling";
constexpr std::string_view suite = "The suite itself";

constexpr auto all = std::to_array<Sentence>({
    {information, "Def. 6.1, 6.2", "The information E[s s'] is the covariance of the score and the mean of -Hessian.",
     "information-equality"},
    {information, "(6.3)", "The score has mean zero.", "score-mean"},
    {information, "(6.4)", "The second derivative of the density over the density has mean zero.", "density-curvature"},
    {mle, "", "The estimate tends to the truth.", "consistency"},
    {mle, "(6.7)", "Its error times sqrt(n) tends to a normal law,", "asymptotic-normality"},
    {mle, "(6.7)", "with the covariance I^-1;", "asymptotic-variance"},
    {mle, "(6.7)", "where the model is wrong, with the sandwich.", "sandwich"},
    {mle, "",
     "A large information implies a small asymptotic covariance and conversely, in the order of matrices, of two theta "
     "and of two models.",
     "information-order"},
    {mle, "(6.8)", "Along w the variance is w'I^-1 w.", "directional-variance"},
    {mle, "", "Tests by likelihood ratio, score and estimate have the law chi^2.", "wilks rao wald"},
    {identities, "Example 1", "The information of a normal mean is 1/sd^2: less variance, more information.",
     "normal-example"},
    {identities, "6.3", "Information adds over independent observations,", "additivity"},
    {identities, "6.4", "so that n of them carry n I.", "sample-additivity"},
    {identities, "6.5", "The information in f(theta) is I/f'^2.", "reparameterization"},
    {identities, "6.5", "A flat f makes f(theta) easier to estimate: it takes fewer data.", "needed-observations"},
    {identities, "6.5", "Be smart where f is not invertible: of two to one each preimage has its own slope,",
     "needed-observations"},
    {identities, "6.5", "and at f' = 0 rate and law are others.", "flat-point"},
    {identities, "6.5", "Else g of the estimate is normal in the limit, its variance carried by the gradient.",
     "delta-method"},
    {identities, "6.5, remark", "For vectors the Jacobian takes the place of f'.",
     "reparameterization-jacobian scalar-reparameterization"},
    {identities, "Example 2", "The information of sqrt(mu) is 4 mu/sd^2,", "square-root-example"},
    {identities, "Example 2", "so that near 0 it is harder to know within a factor.", "needed-observations"},
    {identities, "Example 2", "Confidence intervals depend on the parameterization,", "interval-parameterization"},
    {identities, "Example 2", "and hold the truth as often as they say only for large n.", "coverage"},
    {optimality, "6.6", "No unbiased estimator has a covariance below I^-1/n,", "cramer-rao unbiasedness"},
    {optimality, "(6.9)", "nor one of a function g of theta below grad g'I^-1 grad g/n,", "cramer-rao-scalar"},
    {optimality, "(6.11), (6.18), (6.19)", "which is the largest of the bounds over directions w.",
     "cramer-rao-direction"},
    {optimality, "(6.11)-(6.18)", "On the way to them each link of the chain holds on its own.", "cauchy-schwarz"},
    {optimality, "(6.12)-(6.17)", "The covariance of an estimate and the score is the gradient of its mean.",
     "score-covariance"},
    {optimality, "6.7", "The mean square error is at least tr(I^-1)/n.", "cramer-rao-trace"},
    {optimality, "", "An estimator that reaches the bound is efficient.", "attainment"},
    {optimality, "", "It is then the best unbiased one.", "rao-blackwell"},
    {optimality, "", "Maximum likelihood is efficient in the limit.", "efficiency"},
    {optimality, "", "It has the lowest variance in this limit: not at each theta, but around every theta.",
     "local-minimax"},
    {influence, "(6.20)", "Upweighting a row moves the minimum at the rate -H^-1 grad L.", "influence-derivative"},
    {influence, "", "L is the negative log likelihood; with the log likelihood itself there is no minimum.",
     "loss-sign"},
    {influence, "", "The risk is strictly convex by assumption: where it is not, H^-1 does not exist.",
     "strict-convexity"},
    {influence, "", "The first-order condition of the upweighted minimum has the mean of the gradients.",
     "first-order-condition"},
    {influence, "", "H^-1 v is the minimum of a quadratic function,", "cg-objective"},
    {influence, "", "which conjugate gradients find in p steps,", "conjugate-gradient"},
    {influence, "", "and nearly in fewer.", "krylov-error"},
    {influence, "", "That takes O(np) a product, where retraining without each row is prohibitively slow.",
     "retraining-cost"},
    {influence, "", "Removing a row is upweighting it by -1/n: the change is found without a refit,", "leave-one-out"},
    {influence, "", "of theta and of predictions, but for what falls as 1/n^2.", "removal-rate"},
    {influence, "", "Upweightings of many rows give the covariance of the estimate.", "influence-covariance"},
    {influence, "footnote", "What a change of a training input does follows in the same way.",
     "input-perturbation perturbed-point"},
    {influence, "Figure 6.1", "A small change of training inputs flips a prediction,", "training-input-attack"},
    {influence, "Figure 6.1", "and one training image those of a whole group.", "group-attack"},
    {influence, "Basu 1", "Estimates are accurate for shallow networks, and often wrong for deep ones.",
     "influence-depth"},
    {influence, "Basu 2", "Weight decay matters for their quality.", "influence-weight-decay"},
    {influence, "Basu 3", "Their accuracy varies with the test point.", "influence-test-point"},
    {nuisance, "", "What is not known beside a parameter costs the share of its score that the others explain.",
     "nuisance-parameters"},
    {processing, "", "A statistic never gains information; a sufficient one keeps it all.", "data-processing"},
    {biased, "", "The mean square error of a biased estimator is at least (1 + b')^2/(n I) + b^2.", "biased-bound"},
    {biased, "", "Averaged over a prior, that of any estimator has van Trees' bound.", "van-trees"},
    {biased, "", "Where the first bound is not attained, Bhattacharyya's second is higher.", "bhattacharyya"},
    {local, "",
     "The log likelihood ratio of neighbours is linear in the score, less half of h'Ih, and normal in the limit.",
     "local-normality"},
    {local, "", "There the three tests have the power of a noncentral chi^2.", "local-power"},
    {local, "", "No probability is lost on the way to a neighbour.", "contiguity"},
    {second, "", "A third identity binds the third derivatives of the log density.", "third-bartlett"},
    {second, "", "Bartlett's factor and the modified directed likelihood speed up the law of a likelihood ratio.",
     "corrected-likelihood"},
    {second, "", "Given the ancillary the observed information tells the variance, the expected one does not.",
     "conditional-variance"},
    {second, "", "The bias of the estimate is Cox and Snell's over n,", "bias second-order-bias"},
    {second, "", "and its variance has a known term of the order 1/n^2.", "second-order-variance"},
    {geometry, "", "Twice the Kullback-Leibler divergence of neighbours is h'Ih to second order;", "kullback-leibler"},
    {geometry, "", "so are four squared Hellinger distances,", "hellinger-distance"},
    {geometry, "", "and the chi-squared divergence.", "chi-squared-divergence"},
    {geometry, "", "In a natural exponential family the information is the variance, or one over it.",
     "natural-family"},
    {geometry, "", "Jeffreys' volume does not depend on the parameters.", "jeffreys-volume"},
    {shrinkage, "", "Stein's identity gives an unbiased estimate of the risk of a shrunk mean.", "stein-risk"},
    {resampling, "", "Resampling gives the variance of a mean, and fails for a maximum.", "bootstrap"},
    {resampling, "", "Its intervals hold the truth as often as they say, for large n,", "coverage"},
    {resampling, "", "one-sided ones by 1/sqrt(n), and by 1/n once bias and acceleration are corrected.",
     "bootstrap-order"},
    {resampling, "", "Its standard errors are the spread of the estimates.", "reported-std-errors"},
    {resampling, "", "The jackknife is the infinitesimal jackknife to first order.", "jackknife"},
    {suite, "", "Each replicate has random numbers of its own.", "replicate-independence"},
    {suite, "", "All starting values of a fit lead to one maximum.", "single-maximum"},
    {suite, "", "Two sources of random numbers draw from one law.", "draws-agree"},
    {suite, "", "Another program's estimate is the maximum, where it finds one,", "same-estimate failed-fits"},
    {suite, "", "and its standard errors are the spread of its estimates.", "reported-std-errors"},
});

}  // namespace

std::span<Sentence const> sentences() { return all; }

}  // namespace fisherlab::reports
