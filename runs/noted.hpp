#pragma once

#include <vector>

#include "findings/replicate_row.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// The replicates of a run that are worth a look: the first hundred behind each kind of failed fit, once for all claims
/// that share it, and the five extremest behind each finding that was refuted. An extreme one is farthest from the mean
/// of what the finding's probes keep, in standard deviations of that, or from 0 where they keep the law of a
/// standardised statistic. Findings about how often something happens have none.
std::vector<ReplicateRow> noted_replicates(std::vector<claims::Question> const& questions,
                                           std::vector<Pending> const& pending);

}  // namespace fisherlab::runs
