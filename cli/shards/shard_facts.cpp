#include "cli/shards/shard_facts.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::int64_t most_shards = 100'000;

}  // namespace

runs::Share parse_share(std::string const& text) {
  auto const slash = text.find('/');
  expects(slash != std::string::npos,
          fmt::format("--shard is '{}' (the part and the number of parts are missing), give them as 2/7",
                      clipped(printable(text), 40)));
  auto const parts =
      static_cast<int>(parse_count(text.substr(slash + 1), {"the number of parts of --shard", 1, most_shards}));
  return {static_cast<int>(parse_count(text.substr(0, slash), {"the part of --shard", 1, parts})), parts};
}

runs::RunFacts with_share(runs::RunFacts facts, runs::Share const& share) {
  facts.emplace_back("shards", std::to_string(share.parts));
  facts.emplace_back("shard", std::to_string(share.part));
  return facts;
}

runs::Share share_in(runs::RunFacts const& facts) {
  auto const count = [&facts](char const* name, std::int64_t most) {
    return static_cast<int>(parse_count(runs::fact(facts, name), {name, 1, most}));
  };
  auto const parts = count("shards", most_shards);
  return {count("shard", parts), parts};
}

runs::RunFacts common_facts(runs::RunFacts facts) {
  std::erase_if(facts, [](auto const& each) { return each.first == "study" || each.first == "shard"; });
  return facts;
}

std::string join_sentence(runs::Share const& share) {
  return fmt::format("All {} shards are joined by `fisherlab merge OUT SHARD...`.", share.parts);
}

}  // namespace fisherlab::cli
