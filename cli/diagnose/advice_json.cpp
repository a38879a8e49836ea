#include "cli/diagnose/advice_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "runs/diagnosis/recommendation.hpp"

namespace fisherlab::cli {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> const& x) {
  if (!x || std::isnan(*x)) return nullptr;
  if (std::isinf(*x)) return *x > 0 ? "inf" : "-inf";
  return *x;
}

Json text_or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json of_interval(FitRow const& row, double level) {
  Json entry = {{"interval", row.interval}, {"lower", number(row.lower)}, {"upper", number(row.upper)}};
  entry["width"] = number(row.width);
  entry["coverage"] = row.coverage ? number(row.coverage->value) : Json(nullptr);
  entry["coverage_mcse"] = row.coverage ? number(row.coverage->mcse) : Json(nullptr);
  entry["misses_over_declared"] = row.coverage ? number((1 - row.coverage->value) / (1 - level)) : Json(nullptr);
  entry["least_coverage"] = row.least_coverage ? number(row.least_coverage->value) : Json(nullptr);
  entry["recommended"] = row.recommended == "yes";
  return entry;
}

Json of_parameter(AdviceRow const& advice, std::vector<FitRow> const& fit, double level) {
  Json entry = {{"parameter", advice.parameter},
                {"recommended", text_or_null(advice.interval)},
                {"reason", text_or_null(advice.reason)}};
  Json intervals = Json::array();
  for (auto const& row : fit) {
    if (row.parameter != advice.parameter) continue;
    entry["estimate"] = number(row.estimate);
    if (intervals.empty()) entry["std_error"] = number(row.std_error);
    intervals.push_back(of_interval(row, level));
  }
  entry["needed_n"] = number(advice.needed_n);
  entry["needed_n_mcse"] = number(advice.needed_n_mcse);
  entry["tried_n"] = number(advice.tried_n);
  entry["intervals"] = std::move(intervals);
  return entry;
}

Json of_model(ModelRow const& row) {
  return {{"model", row.model},
          {"kind", row.kind},
          {"aic", number(row.aic)},
          {"aic_weight", number(row.aic_weight)},
          {"bic", number(row.bic)},
          {"bic_weight", number(row.bic_weight)},
          {"test", text_or_null(row.test)},
          {"p_value", number(row.p_value)}};
}

}  // namespace

std::string advice_json(RunTables const& tables, Advised const& advised) {
  Json json = {{"level", advised.level}, {"refuted", advised.is_refuted}};
  if (tables.models.empty()) {
    json["rule"] = runs::recommendation_rule(advised.level);
    Json parameters = Json::array();
    for (auto const& row : tables.advice) parameters.push_back(of_parameter(row, tables.fit, advised.level));
    json["parameters"] = std::move(parameters);
  } else {
    Json models = Json::array();
    for (auto const& row : tables.models) models.push_back(of_model(row));
    json["models"] = std::move(models);
  }
  json["sentences"] = advised.sentences;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fisherlab::cli
