#include "cli/diagnose/digests.hpp"

#include <algorithm>
#include <utility>

#include "runs/folder/sha256.hpp"

namespace fisherlab::cli {
namespace {

void put_all(runs::Packer& packer, std::span<double const> values) {
  packer.put(static_cast<std::int64_t>(values.size()));
  for (double const value : values) packer.put(value);
}

}  // namespace

void put_digested(runs::Packer& packer, std::span<double const> values) {
  constexpr std::size_t piece = 1'000'000;
  if (values.size() <= piece) return put_all(packer, values);
  for (std::size_t first = 0; first < values.size(); first += piece) {
    runs::Packer part;
    put_all(part, values.subspan(first, std::min(piece, values.size() - first)));
    packer.put(runs::sha256(std::move(part).take()));
  }
}

}  // namespace fisherlab::cli
