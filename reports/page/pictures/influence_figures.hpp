#pragma once

#include <span>
#include <vector>

#include "findings/attack_row.hpp"
#include "findings/influence_row.hpp"
#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// Predicted against actual change of the test loss, with the line on which both are equal and the fitted one; a
/// picture for each data set, model, penalty and convention that has refits, its splits and test points together.
std::vector<Figure> influence_figures(std::span<InfluenceRow const> rows);

/// Share of test predictions that flip against the size of the box, a curve for each number of images; the random
/// control is dashed. A picture for each data set, model and penalty.
std::vector<Figure> attack_figures(std::span<AttackRow const> rows);

}  // namespace fisherlab::reports
