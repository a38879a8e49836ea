#pragma once

#include <span>
#include <string>

#include "findings/influence_row.hpp"

namespace fisherlab {

/// The bytes of `leave_one_out.csv`, one row a removed training row and parameter:
/// `train_index,convention,parameter,first_order,one_step,second_order,exact,refit`; empty where not defined.
std::string leave_one_out_csv(std::span<LeaveOneOutRow const> rows);

}  // namespace fisherlab
