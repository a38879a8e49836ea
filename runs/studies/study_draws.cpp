#include "runs/studies/study_draws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "runs/studies/study_parts.hpp"
#include "sim/boost_draws/boost_draws.hpp"

namespace fisherlab::runs {
namespace {

void expect_source(std::string const& source) {
  auto const known = draw_sources();
  expects(std::ranges::count(known, source) == 1,
          fmt::format("there are no draws '{}', {}", clipped(printable(source), 40), suggestion(source, known)));
}

}  // namespace

std::vector<std::string> draw_sources() { return {"lanes", "boost"}; }

claims::Catalogue drawn_from(std::string const& source, claims::Catalogue const& catalogue) {
  expect_source(source);
  if (source == "lanes") return catalogue;
  auto entries = catalogue.models.entries();
  for (auto& entry : entries)
    entry.make = [make = entry.make](std::span<double const> constants) {
      return sim::drawn_by_boost(make(constants));
    };
  return {sim::Models(std::move(entries)), catalogue.estimators, catalogue.claims};
}

claims::Catalogue with_draws(TomlTable const& study, claims::Catalogue const& catalogue) {
  auto const by = [&catalogue](TomlTable const& table) {
    return located(table, "draws", [&] { return drawn_from(table.text("draws").value_or("lanes"), catalogue); });
  };
  auto const run = study.table("run", {"draws"});
  return run && run->has("draws") ? by(*run) : by(study);
}

std::string run_toml(std::string const& draws) {
  expect_source(draws);
  return fmt::format("\n[run]\ndraws = \"{}\"\n", draws);
}

}  // namespace fisherlab::runs
