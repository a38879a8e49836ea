#pragma once

#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/experiment_work.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// Does those of some units of experiments that are not done, and judges the findings of the whole ones. They have one
/// look, since they use the data they have. What one could not do is in its notes; its findings are then inconclusive.
/// The state is saved between two units; an interruption saves it and leaves the rest undone.
void carry_out_experiments(std::vector<Pending>& pending, ExperimentWork work, claims::Plan const& plan,
                           Course& course);

/// Judges the experiments all of whose pieces are done, here or elsewhere, and forgets the pieces. It takes a moment,
/// and is not interrupted.
void judge_pieces(std::vector<Pending>& pending, claims::Plan const& plan, Course& course);

}  // namespace fisherlab::runs
