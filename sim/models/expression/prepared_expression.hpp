#pragma once

#include <memory>
#include <vector>

#include "sim/models/expression/expression_law.hpp"
#include "sim/models/expression/law_programs.hpp"
#include "sim/models/interface/prepared.hpp"

namespace fisherlab::sim {

/// An expression's model prepared for a sample (statistics.hpp); nothing where it cannot be. All must outlive it.
std::unique_ptr<PreparedModel const> prepared_expression(BatchModel const& model, ExpressionLaw const& law,
                                                         LawPrograms const& programs, Sample const& sample);

/// Starting values number `which`: the best of a few candidates and the example (grid_start.hpp).
void start_of_expression(BatchModel const& model, ExpressionLaw const& law, LawPrograms const& programs,
                         Sample const& sample, int which, Lanes* theta);

}  // namespace fisherlab::sim
