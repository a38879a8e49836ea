#pragma once

#include <span>
#include <string>

#include "estimators/influence/influence_row.hpp"

namespace fisherlab::reports {

/// The bytes of `leave_one_out.csv`, one row a removed training row and parameter:
/// `train_index,convention,parameter,first_order,one_step,second_order,exact,refit`; empty where not defined.
std::string leave_one_out_csv(std::span<estimators::influence::LeaveOneOutRow const> rows);

}  // namespace fisherlab::reports
