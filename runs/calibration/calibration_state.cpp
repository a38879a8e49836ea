#include "runs/calibration/calibration_state.hpp"

#include <utility>

#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

std::string CalibrationState::packed() const {
  Packer packer;
  packer.put(std::ssize(runs));
  for (auto const& run : runs) {
    packer.put(static_cast<int>(run.verdict));
    packer.put(std::bit_cast<double>(run.print));  // all bits count: eight bytes
    packer.put(run.replicates);
  }
  packer.put(far_subjects);
  packer.put(far_rows);
  packer.put(far_replicates);
  return std::move(packer).take();
}

void CalibrationState::unpack(std::string_view bytes) {
  Unpacker unpacker(bytes);
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto& run = runs.emplace_back();
    auto const verdict = unpacker.get<int>();
    Unpacker::expect(verdict >= 0 && verdict <= static_cast<int>(Verdict::inconclusive));
    run.verdict = static_cast<Verdict>(verdict);
    run.print = std::bit_cast<std::uint64_t>(unpacker.get<double>());
    unpacker.take(run.replicates);
  }
  unpacker.take(far_subjects);
  unpacker.take(far_rows);
  unpacker.take(far_replicates);
  Unpacker::expect(unpacker.is_at_end());
}

}  // namespace fisherlab::runs
