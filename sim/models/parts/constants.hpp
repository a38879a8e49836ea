#pragma once

namespace fisherlab::sim {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double euler_gamma = 0.57721566490153286061;
inline constexpr double log_two_pi = 1.83787706640934548356;
inline constexpr double log_pi = 1.14472988584940017414;
inline constexpr double log_two = 0.69314718055994530942;

}  // namespace fisherlab::sim
