#pragma once

namespace fisherlab::claims::null_law {

/// What the intervals of claims rest on, for their cards. `calibrate` measures how well it holds.
inline constexpr char const* student =
    "normal for a mean of R replicates, corrected for their skewness and kurtosis; open where R is too small for "
    "these; "
    "blind to rare values that were not drawn, but for counts whose law is known";
inline constexpr char const* hotelling =
    "chi^2 with p degrees of freedom for a mean vector, corrected along every direction for skewness and kurtosis; "
    "open where R is too small for these; blind to rare values that were not drawn, but for counts whose law is known";
inline constexpr char const* scheffe =
    "chi^2 of the p (p + 1)/2 entries of the matrix, all directions at once, each corrected for skewness and kurtosis; "
    "open where R is too small for these; blind to rare values that were not drawn, but for counts whose law is known";
inline constexpr char const* moments_of_squares =
    "normal for the mean of squared errors, corrected for their skewness and kurtosis, from moments to degree 8; open "
    "where R is too small for these; blind to rare values that were not drawn, but for means of counts";
inline constexpr char const* kolmogorov =
    "2 exp(-2 R e^2) bounds P(distance of the empirical law > e), exact at every R and for every law";
inline constexpr char const* binomial = "binomial with R trials, exact at every R";
inline constexpr char const* exact_count_and_student =
    "none for the marks, whose count is exact; for the correlation normal for a mean of R/4 products, corrected for "
    "their skewness and kurtosis";
inline constexpr char const* calculated =
    "none: calculated, the interval bounds truncation and rounding; its level is 1, and it costs the run no error";

}  // namespace fisherlab::claims::null_law
