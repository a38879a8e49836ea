#include "cli/verify/facts.hpp"

#include <fmt/format.h>

#include "base/text/parse.hpp"
#include "cli/run/derivatives.hpp"
#include "cli/shards/shard_facts.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/studies/limits.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::int64_t most_looks = 60;

}  // namespace

runs::RunFacts facts_of(runs::Study const& study) {
  auto const& settings = study.settings;
  runs::RunFacts facts = {{"version", runs::version()},
                          {"study", study.name},
                          {"the study's text", runs::sha256(study.text)},
                          {"seed", std::to_string(settings.seed)},
                          {"replicates", std::to_string(settings.first_replicates)},
                          {"max-replicates", std::to_string(settings.max_replicates)},
                          {"keep-estimates", settings.keep_estimates ? "yes" : "no"}};
  for (auto& fact : derivatives_facts(derivatives_of(study.questions))) facts.push_back(std::move(fact));
  return facts;
}

runs::RunFacts facts_of(runs::Study const& study, runs::Shard const& shard) {
  auto facts = with_share(facts_of(study), shard.share);
  facts.emplace_back("look", std::to_string(shard.look + 1));
  facts.emplace_back("the state of the looks before", shard.before.empty() ? "none" : runs::sha256(shard.before));
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
  return {share_in(facts), static_cast<int>(parse_count(runs::fact(facts, "look"), {"look", 1, most_looks})) - 1, {}};
}

std::string shard_folder(runs::Shard const& shard) {
  return fmt::format("reports-look-{}-shard-{}-of-{}", shard.look + 1, shard.share.part, shard.share.parts);
}

}  // namespace fisherlab::cli
