#include "cli/verify/gathered.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "cli/verify/facts.hpp"
#include "findings/manifest.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::cli {
namespace {

namespace fs = std::filesystem;

/// The study that a shard was run with.
runs::Study study_of(std::string const& folder, runs::RunFacts const& facts, claims::Catalogue const& catalogue) {
  auto const name = (fs::path(folder) / "manifest.json").string();
  auto const manifest = manifest_from_json(read_bytes(name), name);
  expects(runs::sha256(manifest.study) == runs::fact(facts, "the study's text"),
          fmt::format("'{}' is not the manifest of the shard beside it (the study is another), do that shard anew",
                      printable(name)));
  auto study = runs::recorded_study(manifest.study, runs::fact(facts, "study"), catalogue);
  set_by_facts(facts, study.settings);
  return study;
}

}  // namespace

Gathered gathered_run(GatheredShards shards, claims::Catalogue const& catalogue) {
  Gathered gathered;
  gathered.study = study_of(shards.shards.front().name, shards.facts, catalogue);
  gathered.look = shard_in(shards.facts).look;
  gathered.shards = std::move(shards);
  return gathered;
}

}  // namespace fisherlab::cli
