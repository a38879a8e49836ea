#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "findings/estimated.hpp"
#include "findings/fields.hpp"

namespace fisherlab::runs {

static_assert(std::endian::native == std::endian::little, "a state is read by machines that write numbers alike");

/// Puts values into bytes, one after the other: whole numbers in as few bytes as they need, doubles in eight, to the
/// bit.
class Packer {
 public:
  void put(std::int64_t value);
  void put(double value);
  void put(bool value) { put(static_cast<std::int64_t>(value)); }
  void put(int value) { put(static_cast<std::int64_t>(value)); }
  void put(std::uint64_t value) { put(std::bit_cast<std::int64_t>(value)); }
  void put(std::string_view text);
  void put(std::string const& text) { put(std::string_view(text)); }
  void put(Estimated const& value) {
    put(value.value);
    put(value.mcse);
  }
  template <class Value>
  void put(std::optional<Value> const& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class Value>
  void put(std::vector<Value> const& values) {
    put(static_cast<std::int64_t>(values.size()));
    for (auto const& value : values) put(value);
  }
  /// A record, field by field.
  template <class Record>
  requires requires(Record const& record) {
    Record::fields([](auto...) {});
  }
  void put(Record const& record) {
    for_each_field(record, [this](std::string_view, std::string_view, auto const& value) { this->put(value); });
  }

  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Takes the values back in the order in which they were put.
/// Each `take` @throws InputError when the bytes end before, or are none of its kind.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  void take(std::int64_t& value);
  void take(double& value);
  void take(bool& value);
  void take(int& value);
  void take(std::uint64_t& value);
  void take(std::string& text);
  void take(Estimated& value) {
    take(value.value);
    take(value.mcse);
  }
  template <class Value>
  void take(std::optional<Value>& value) {
    bool has_value = false;
    take(has_value);
    value.reset();
    if (has_value) take(value.emplace());
  }
  template <class Value>
  void take(std::vector<Value>& values) {
    auto const size = take_size();
    values.assign(size, Value());
    for (auto& value : values) take(value);
  }
  template <class Record>
  requires requires(Record const& record) {
    Record::fields([](auto...) {});
  }
  void take(Record& record) {
    for_each_field(record, [this](std::string_view, std::string_view, auto& value) { this->take(value); });
  }

  template <class Value>
  Value get() {
    Value value{};
    take(value);
    return value;
  }

  /// @throws InputError unless `holds`: the state is not what it should be.
  static void expect(bool holds);
  bool is_at_end() const { return rest_.empty(); }

 private:
  std::size_t take_size();

  std::string_view rest_;
};

}  // namespace fisherlab::runs
