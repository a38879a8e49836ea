#pragma once

#include <cstdint>
#include <optional>

#include "runs/data/labelled_data.hpp"
#include "runs/data/plain_file.hpp"

namespace fisherlab::runs {

/// A labelled file read as it streams by, its numbers written where they stay: neither its text nor the places of its
/// cells are in memory. Nothing for a file of fewer than `least` bytes, that is not plain, or that the reader of the
/// whole would refuse, with its message; where there is something, it is what that gives.
std::optional<LabelledData> stream_labelled(LabelledOptions const& options, std::int64_t least = least_large_file);

/// The same of test rows for the training rows `like`.
std::optional<LabelledData> stream_tests(LabelledOptions const& options, LabelledData const& like,
                                         std::int64_t least = least_large_file);

/// The place of the label: the column of that name; else of a usual one, else the last. Nothing where no column or
/// several have the name.
std::optional<std::size_t> label_place(std::vector<std::string> const& names, std::optional<std::string> const& label);

}  // namespace fisherlab::runs
