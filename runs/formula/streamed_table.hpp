#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runs/data/plain_file.hpp"
#include "runs/formula/frame_table.hpp"
#include "runs/formula/used_columns.hpp"

namespace fisherlab::runs {

/// The columns that are used, read as a plain file streams by: 8 bytes a number, 4 a word. Nothing for a file that is
/// not plain, nor for one that WholeTable would refuse, with its message; where there is something, it is what that
/// gives.
/// `file`: with names in its header that can be nothing else.
std::unique_ptr<FrameTable> streamed_table(PlainFile const& file, std::string name, std::vector<ColumnUse> const& uses,
                                           Reading const& reading);

}  // namespace fisherlab::runs
