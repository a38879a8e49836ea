#include "reports/page/sections/row_labels.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace fisherlab::reports {
namespace {

/// "shape = 2.5, rate = 1.3" of "shape=2.5;rate=1.3".
std::string spread(std::string const& parameters) {
  std::string text;
  for (char const c : parameters) {
    if (c == ';')
      text += ", ";
    else if (c == '=')
      text += " = ";
    else
      text += c;
  }
  return text;
}

}  // namespace

std::string place_text(std::string const& model, std::string const& parameters) {
  return parameters.empty() ? model : model + ", " + spread(parameters);
}

std::string sizes_text(std::string const& n) {
  auto const first = n.find(';');
  return first == std::string::npos ? n : n.substr(0, first) + " to " + n.substr(n.rfind(';') + 1);
}

std::string base_model(std::string const& model) {
  auto const bracket = model.find(" [");
  auto base = bracket == std::string::npos || !model.ends_with(']') ? model : model.substr(0, bracket);
  auto const data = base.find(" on ");
  auto const theta = data == std::string::npos ? data : base.find('(', data);
  return theta == std::string::npos || !base.ends_with(')') ? base : base.substr(0, theta);
}

std::vector<RowLabel> row_labels(std::span<Finding const* const> findings) {
  std::vector<RowLabel> labels;
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::size_t>> alike;
  for (auto const* f : findings) {
    RowLabel label{place_text(f->model, f->parameters), sizes_text(f->n), f->measurement.statistic};
    alike[{label.place, label.sizes, label.statistic}].push_back(labels.size());
    labels.push_back(std::move(label));
  }
  for (auto const& [key, rows] : alike)
    for (std::size_t k = 0; rows.size() > 1 && k < rows.size(); ++k)
      labels[rows[k]].statistic += fmt::format(" (case {} of {})", k + 1, rows.size());
  return labels;
}

}  // namespace fisherlab::reports
