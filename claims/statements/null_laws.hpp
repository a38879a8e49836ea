#pragma once

namespace fisherlab::claims::null_law {

/// What the intervals of claims rest on, for their cards. `calibrate` measures how well it holds.
inline constexpr char const* student =
    "Student's t with R - 1 degrees of freedom, for a mean of R replicates; asymptotic for skewed ones";
inline constexpr char const* hotelling =
    "Hotelling's T^2 with p and R - p degrees of freedom, for a mean vector; asymptotic for skewed ones";
inline constexpr char const* scheffe =
    "Hotelling's T^2 of the p (p + 1)/2 entries of the matrix, all directions at once; asymptotic, since squares are "
    "skewed";
inline constexpr char const* moments_of_squares =
    "Student's t for the mean of squared errors, from their fourth moments; asymptotic, since squares are skewed";
inline constexpr char const* kolmogorov =
    "2 exp(-2 R e^2) bounds P(distance of the empirical law > e), exact at every R and for every law";
inline constexpr char const* binomial = "binomial with R trials, exact at every R";
inline constexpr char const* none = "none: the count is exact";

}  // namespace fisherlab::claims::null_law
