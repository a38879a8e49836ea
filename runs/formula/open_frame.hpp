#pragma once

#include <memory>

#include "runs/data/plain_file.hpp"
#include "runs/formula/frame_table.hpp"
#include "runs/formula/used_columns.hpp"

namespace fisherlab::runs {

/// The columns of a file that a formula asks for, rows that miss a value treated.
struct OpenedFrame {
  std::unique_ptr<FrameTable> table;
  Formula formula;
  SideColumns side;
};

/// Reads a plain file of `least` bytes or more as it streams by, any other as a whole.
/// @throws InputError as read_model_frame() does of the file and the formula.
OpenedFrame open_frame(FrameSource const& source, std::int64_t least = least_large_file);
/// The same as a whole, whatever its size: a column of numbers may then be asked for as a factor, too.
OpenedFrame open_whole_frame(FrameSource const& source);

}  // namespace fisherlab::runs
