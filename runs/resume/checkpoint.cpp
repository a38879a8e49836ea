#include "runs/resume/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::string_view family = "fisherlab checkpoint ", first_line = "fisherlab checkpoint 3\n";
constexpr std::size_t digits = 64;
constexpr char const* anew = "start the run anew without --resume";

std::string payload_of(Checkpoint const& checkpoint) {
  Packer packer;
  packer.put(static_cast<std::int64_t>(checkpoint.facts.size()));
  for (auto const& [name, value] : checkpoint.facts) {
    packer.put(name);
    packer.put(value);
  }
  packer.put(checkpoint.started_utc);
  packer.put(checkpoint.seconds);
  packer.put(checkpoint.state);
  return std::move(packer).take();
}

Checkpoint checkpoint_in(std::string_view payload) {
  Unpacker unpacker(payload);
  Checkpoint checkpoint;
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto name = unpacker.get<std::string>();
    checkpoint.facts.emplace_back(std::move(name), unpacker.get<std::string>());
  }
  unpacker.take(checkpoint.started_utc);
  unpacker.take(checkpoint.seconds);
  unpacker.take(checkpoint.state);
  Unpacker::expect(unpacker.is_at_end());
  return checkpoint;
}

std::string shown(std::string const& value) { return clipped(printable(value), 40); }

}  // namespace

std::string checkpoint_bytes(Checkpoint const& checkpoint) {
  auto const payload = payload_of(checkpoint);
  return std::string(first_line) + sha256(payload) + '\n' + payload;
}

Checkpoint read_checkpoint(std::filesystem::path const& file) {
  auto const name = printable(file.string());
  std::error_code error;
  expects(std::filesystem::is_regular_file(file, error), fmt::format("'{}' is no file, {}", name, anew));
  auto const bytes = read_bytes(file);
  std::string_view rest = bytes;
  expects(rest.starts_with(family),
          fmt::format("'{}' is not the state of a run (another program wrote it), {}", name, anew));
  expects(rest.starts_with(first_line), fmt::format("'{}' is of another version of fisherlab, {}", name, anew));
  rest.remove_prefix(first_line.size());
  bool const is_whole =
      rest.size() > digits && rest[digits] == '\n' && sha256(rest.substr(digits + 1)) == rest.substr(0, digits);
  expects(is_whole, fmt::format("'{}' is torn (its bytes are not those that were saved), {}", name, anew));
  return checkpoint_in(rest.substr(digits + 1));
}

std::string fact(RunFacts const& facts, std::string_view name) {
  auto const found = std::ranges::find(facts, name, &RunFacts::value_type::first);
  return found == facts.end() ? std::string("none") : found->second;
}

std::string differences(RunFacts const& before, RunFacts const& now, std::string_view then_word,
                        std::string_view now_word) {
  std::string changed;
  for (auto const& [name, value] : now) {
    auto const other = fact(before, name);
    if (other == value) continue;
    bool const is_hash = std::max(value.size(), other.size()) >= digits;  // or a text that no sentence holds
    changed += fmt::format("{}{}", changed.empty() ? "" : ", ", name);
    changed += is_hash ? std::string(" changed")
                       : fmt::format(" {} {} and {} {}", shown(other), then_word, shown(value), now_word);
  }
  return changed;
}

void expect_same_run(Checkpoint const& checkpoint, RunFacts const& facts, std::filesystem::path const& file) {
  auto const changed = differences(checkpoint.facts, facts, "then", "now");
  expects(changed.empty(), fmt::format("'{}' is of another run ({}), give what it was started with, or {}",
                                       printable(file.string()), changed, anew));
}

}  // namespace fisherlab::runs
