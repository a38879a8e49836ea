#include "runs/ranks/rank_messages.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/expects.hpp"
#include "runs/blocks/shares.hpp"
#include "runs/resume/pack_pending.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

Assignment left_to_do(RunWork const& work) {
  auto const& place = work.course.place;
  Assignment all{place.in_experiments ? LookWork(work.looks.sizes().size()) : work.looks.missing(), {}};
  if (place.look == 0) all.experiments = open_experiments(work.pending);
  return all;
}

Assignment share_of(Assignment const& all, RunWork const& work, Ranks const& ranks) {
  Share const share{ranks.rank() + 1, ranks.size()};
  return {share_of(all.blocks, work.looks.sizes(), share), share_of(all.experiments, share)};
}

std::string packed_assignment(Assignment const& all, RunWork const& work, std::string const& identity) {
  Packer packer;
  packer.put(identity);
  packer.put(work.course.place.look);
  for (auto const& pending : work.pending)
    for (bool const is_open : pending.open) packer.put(is_open);
  for (auto const& ranges : all.blocks) {
    packer.put(static_cast<std::int64_t>(ranges.size()));
    for (auto const& range : ranges) {
      packer.put(range.first);
      packer.put(range.last);
    }
  }
  packer.put(static_cast<std::int64_t>(all.experiments.size()));
  for (auto const& unit : all.experiments) pack(packer, unit);
  return std::move(packer).take();
}

Assignment taken_assignment(RunWork& work, std::string const& identity, std::string_view bytes) {
  Unpacker unpacker(bytes);
  expects(unpacker.get<std::string>() == identity,
          "it runs another study, seed or version than rank 0, give all ranks the same program and files");
  work.course.place = {.look = unpacker.get<int>()};
  for (auto& pending : work.pending)
    for (std::size_t k = 0; k < pending.open.size(); ++k) pending.open[k] = unpacker.get<bool>();
  work.begin_look();
  Assignment assignment;
  for (std::size_t k = work.looks.sizes().size(); k > 0; --k) {
    auto& ranges = assignment.blocks.emplace_back();
    for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
      auto const first = unpacker.get<std::int64_t>();
      append(ranges, {first, unpacker.get<std::int64_t>()});
    }
  }
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left)
    assignment.experiments.push_back(unit_in(unpacker, work.pending));
  Unpacker::expect(unpacker.is_at_end());
  return assignment;
}

}  // namespace fisherlab::runs
