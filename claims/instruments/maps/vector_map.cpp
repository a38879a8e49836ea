#include "claims/instruments/maps/vector_map.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::claims {
namespace {

using sim::ParameterMap;
using D = sim::Dual<double>;
using Vector = ParameterMap::Vector;

/// The map that any model of positive parameters has.
ParameterMap log_log() {
  return {.name = "log-log",
          .phi = "the logs of both",
          .forward = [](Vector const& t) -> Vector {
            Vector phi;
            for (auto const& each : t) phi.push_back(log(each));
            return phi;
          },
          .inverse = [](Vector const& f) -> Vector {
            Vector theta;
            for (auto const& each : f) theta.push_back(exp(each));
            return theta;
          }};
}

std::optional<ParameterMap> find(std::vector<ParameterMap> const& maps, std::string const& name) {
  auto const place = std::find_if(maps.begin(), maps.end(), [&](ParameterMap const& map) { return map.name == name; });
  return place == maps.end() ? std::nullopt : std::optional(*place);
}

/// The maps of a model: its own, and the logs of two positive parameters.
std::vector<ParameterMap> maps_of(sim::ModelCard const& card) {
  auto maps = card.maps;
  if (card.domains == std::vector(2, sim::Domain::positive)) maps.push_back(log_log());
  return maps;
}

/// For what a map of that name is made; nothing where no shipped model has one.
std::string made_for(std::string const& name) {
  if (name == log_log().name) return "two positive parameters";
  for (auto const& card : sim::model_cards())
    if (find(card.maps, name)) return card.name;
  return {};
}

/// d(map)/d(at), p x p.
Eigen::MatrixXd derivative(Vector (*map)(Vector const&), Vector const& at) {
  auto const p = static_cast<Eigen::Index>(at.size());
  Eigen::MatrixXd result(p, p);
  for (Eigen::Index b = 0; b < p; ++b) {
    Vector moved;
    for (std::size_t a = 0; a < at.size(); ++a)
      moved.emplace_back(at[a].value, static_cast<Eigen::Index>(a) == b ? 1.0 : 0.0);
    Vector const value = map(moved);
    for (Eigen::Index a = 0; a < p; ++a) result(a, b) = value[static_cast<std::size_t>(a)].derivative;
  }
  return result;
}

}  // namespace

VectorMap vector_map(std::string const& name, Law const& law) {
  auto const& card = law.model->card();
  expects(!name.empty(), "a map of the parameter vector is missing, set map to one of: " + vector_map_list());
  auto const map = find(maps_of(card), name);
  if (!map) {
    auto const model = made_for(name);
    expects(!model.empty(), "option map cannot be '" + name + "', choose one of: " + vector_map_list());
    throw InputError("the map " + name + " is made for " + model + ", and not for " + card.name +
                     "; choose another map or model");
  }
  Vector theta;
  for (double const each : law.theta) theta.emplace_back(each, 0.0);
  return {map->phi, map->first_alone, derivative(map->forward, theta), derivative(map->inverse, map->forward(theta))};
}

std::vector<std::string> vector_map_names() {
  std::vector<std::string> names = {log_log().name};
  for (auto const& card : sim::model_cards())
    for (auto const& map : card.maps) names.push_back(map.name);
  return names;
}

std::string vector_map_list() {
  std::string list;
  for (auto const& name : vector_map_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace fisherlab::claims
