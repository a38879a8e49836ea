#include "findings/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

using nlohmann::ordered_json;

/// Calls `visit(key, member)` for each member in the order of the file, for the writer and the reader alike.
template <class SomeManifest, class Visit>
void for_each_member(SomeManifest& m, Visit const& visit) {
  visit("version", m.version);
  visit("command", m.command);
  visit("study", m.study);
  visit("seed", m.seed);
  visit("family_error", m.family_error);
  visit("threads", m.threads);
  visit("compiler", m.compiler);
  visit("libraries", m.libraries);
  visit("instruction_level", m.instruction_level);
  visit("fingerprint", m.fingerprint);
  visit("looks", m.looks);
  visit("replicates", m.replicates);
  visit("wall_seconds", m.wall_seconds);
  visit("replicates_per_second", m.replicates_per_second);
  visit("deadline_reached", m.deadline_reached);
  visit("exit_code", m.exit_code);
  visit("started_utc", m.started_utc);
  visit("host", m.host);
  visit("rows", m.rows);
}

// Each `take` fills the member from the value and gives what it should have been when it cannot, else nothing.
using Complaint = char const*;
constexpr Complaint none = nullptr;

Complaint take(ordered_json const& value, std::string& member) {
  if (!value.is_string()) return "a text";
  member = value.get<std::string>();
  return none;
}

Complaint take(ordered_json const& value, bool& member) {
  if (!value.is_boolean()) return "true or false";
  member = value.get<bool>();
  return none;
}

Complaint take(ordered_json const& value, double& member) {
  if (!value.is_number() && !value.is_null()) return "a number";
  member = value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
  return none;
}

template <std::integral Integer>
Complaint take(ordered_json const& value, Integer& member) {
  auto const fits = [&member](auto number) {
    if (!std::in_range<Integer>(number)) return false;
    member = static_cast<Integer>(number);
    return true;
  };
  bool const is_taken = value.is_number_unsigned()  ? fits(value.get<std::uint64_t>())
                        : value.is_number_integer() ? fits(value.get<std::int64_t>())
                                                    : false;
  return is_taken ? none : "a whole number in range";
}

Complaint take(ordered_json const& value, std::map<std::string, std::string>& member) {
  if (!value.is_object()) return "an object of texts";
  for (auto const& [key, text] : value.items())
    if (take(text, member[key])) return "an object of texts";
  return none;
}

Complaint take(ordered_json const& value, std::map<std::string, std::int64_t>& member) {
  if (!value.is_object()) return "an object of whole numbers";
  for (auto const& [key, number] : value.items())
    if (take(number, member[key])) return "an object of whole numbers";
  return none;
}

ordered_json parsed(std::string_view bytes, std::string_view name) {
  try {
    return ordered_json::parse(bytes);
  } catch (ordered_json::parse_error const& error) {
    auto const at = bytes.substr(0, std::min(error.byte, bytes.size()));
    throw InputError(fmt::format("'{}', line {}: is no JSON (the file is cut short or damaged), repeat the run", name,
                                 1 + std::count(at.begin(), at.end(), '\n')));
  }
}

}  // namespace

std::string manifest_json(Manifest const& manifest) {
  ordered_json json;
  for_each_member(manifest, [&json](char const* key, auto const& member) { json[key] = member; });
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

Manifest manifest_from_json(std::string_view bytes, std::string_view name) {
  ordered_json const json = parsed(bytes, name);
  expects(json.is_object(),
          fmt::format("'{}' is not the manifest of a run (no JSON object), name another folder", name));
  Manifest manifest;
  for_each_member(manifest, [&](char const* key, auto& member) {
    auto const found = json.find(key);
    if (found == json.end() && std::string_view(key) == "rows") return;
    expects(found != json.end(),
            fmt::format("'{}' has no '{}' (it is not the manifest of a run), name another folder", name, key));
    Complaint const complaint = take(*found, member);
    expects(complaint == none, fmt::format("'{}': '{}' is not {} (the file is damaged), repeat the run", name, key,
                                           complaint ? complaint : ""));
  });
  return manifest;
}

}  // namespace fisherlab
