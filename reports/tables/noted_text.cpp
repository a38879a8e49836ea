#include "reports/tables/noted_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fisherlab::reports {

std::string noted_sentence(std::span<ReplicateRow const> noted) {
  if (noted.empty()) return {};
  auto const failed = std::ranges::count(noted, Noted::failed, &ReplicateRow::why);
  auto const extreme = std::ssize(noted) - failed;
  std::string text = "replicates.csv names ";
  if (failed > 0) text += fmt::format("{} {} whose fit failed", failed, failed == 1 ? "replicate" : "replicates");
  if (failed > 0 && extreme > 0) text += " and ";
  if (extreme > 0)
    text += fmt::format("{}{} at the ends of refuted findings", extreme, failed > 0 ? "" : " replicates");
  return text + fmt::format("; `fisherlab replay DIR {} {}`, DIR the folder of the run, draws the first again.",
                            noted.front().scenario, noted.front().replicate);
}

}  // namespace fisherlab::reports
