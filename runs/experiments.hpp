#pragma once

#include <cstddef>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// Whether a question is answered by an experiment on data.
bool has_experiments(std::vector<Pending> const& pending);

/// The questions that experiments answer, by place.
std::vector<std::size_t> experiments_of(std::vector<Pending> const& pending);
/// The questions whose experiments are not carried out yet, by place.
std::vector<std::size_t> open_experiments(std::vector<Pending> const& pending);

/// Carries out those of some experiments that are not yet, and judges their findings. They have one look, since they
/// use the data they have. What one could not do is in its notes; its findings are then inconclusive. An interruption
/// saves the state and leaves the rest undone.
void carry_out_experiments(std::vector<Pending>& pending, std::vector<std::size_t> const& which,
                           claims::Plan const& plan, Course& course);

}  // namespace fisherlab::runs
