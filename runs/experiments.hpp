#pragma once

#include <string>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// Whether a question is answered by an experiment on data.
bool has_experiments(std::vector<Pending> const& pending);

/// Carries out all experiments and judges their findings. They have one look, since they use the data they have. What
/// one could not do is added to `notes`; its findings are then inconclusive. An interruption saves the state and leaves
/// the rest undone.
void carry_out_experiments(std::vector<Pending>& pending, claims::Plan const& plan, Course& course,
                           std::vector<std::string>& notes);

}  // namespace fisherlab::runs
