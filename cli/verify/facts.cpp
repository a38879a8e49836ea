#include "cli/verify/facts.hpp"

#include <fmt/format.h>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/studies/limits.hpp"

namespace fisherlab::cli {
namespace {

constexpr int most_shards = 100'000, most_looks = 60;

}  // namespace

runs::RunFacts facts_of(runs::Study const& study) {
  auto const& settings = study.settings;
  return {{"version", runs::version()},
          {"study", study.name},
          {"the study's text", runs::sha256(study.text)},
          {"seed", std::to_string(settings.seed)},
          {"replicates", std::to_string(settings.first_replicates)},
          {"max-replicates", std::to_string(settings.max_replicates)},
          {"keep-estimates", settings.keep_estimates ? "yes" : "no"}};
}

runs::RunFacts facts_of(runs::Study const& study, runs::Shard const& shard) {
  auto facts = facts_of(study);
  facts.emplace_back("shards", std::to_string(shard.share.parts));
  facts.emplace_back("shard", std::to_string(shard.share.part));
  facts.emplace_back("look", std::to_string(shard.look + 1));
  facts.emplace_back("the state of the looks before", shard.before.empty() ? "none" : runs::sha256(shard.before));
  return facts;
}

runs::RunFacts common_facts(runs::RunFacts facts) {
  std::erase_if(facts, [](auto const& each) { return each.first == "study" || each.first == "shard"; });
  return facts;
}

void set_by_facts(runs::RunFacts const& facts, runs::RunSettings& settings) {
  settings.seed = parse_seed(runs::fact(facts, "seed"));
  settings.first_replicates =
      parse_count(runs::fact(facts, "replicates"), {"replicates", 1, runs::max_replicate_count});
  settings.max_replicates =
      parse_count(runs::fact(facts, "max-replicates"), {"max-replicates", 1, runs::max_replicate_count});
  settings.keep_estimates = runs::fact(facts, "keep-estimates") == "yes";
}

runs::Shard shard_in(runs::RunFacts const& facts) {
  auto const count = [&facts](char const* name, std::int64_t most) {
    return static_cast<int>(parse_count(runs::fact(facts, name), {name, 1, most}));
  };
  auto const parts = count("shards", most_shards);
  return {{count("shard", parts), parts}, count("look", most_looks) - 1, {}};
}

runs::Share parse_share(std::string const& text) {
  auto const slash = text.find('/');
  expects(slash != std::string::npos,
          fmt::format("--shard is '{}' (the part and the number of parts are missing), give them as 2/7",
                      clipped(printable(text), 40)));
  auto const parts =
      static_cast<int>(parse_count(text.substr(slash + 1), {"the number of parts of --shard", 1, most_shards}));
  return {static_cast<int>(parse_count(text.substr(0, slash), {"the part of --shard", 1, parts})), parts};
}

std::string shard_folder(runs::Shard const& shard) {
  return fmt::format("reports-look-{}-shard-{}-of-{}", shard.look + 1, shard.share.part, shard.share.parts);
}

}  // namespace fisherlab::cli
