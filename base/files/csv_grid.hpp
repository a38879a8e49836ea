#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fisherlab {

/// The cells of a CSV text, as places in it: what a large file is read into, 8 bytes a cell beside the text.
class CsvGrid {
 public:
  /// The cells of one record. It looks into the grid, which must outlive it.
  class Cells {
   public:
    /// Goes from cell to cell.
    class Iterator {
     public:
      using iterator_category = std::input_iterator_tag;
      using value_type = std::string_view;
      using difference_type = std::ptrdiff_t;
      using pointer = void;
      using reference = std::string_view;

      Iterator(CsvGrid const* grid, char const* base, std::size_t place) : grid_(grid), base_(base), place_(place) {}
      std::string_view operator*() const { return grid_->cell(base_, place_); }
      Iterator& operator++() {
        ++place_;
        return *this;
      }
      bool operator==(Iterator const& other) const { return place_ == other.place_; }

     private:
      CsvGrid const* grid_;
      char const* base_;
      std::size_t place_;
    };

    Cells(CsvGrid const& grid, char const* base, std::size_t first, std::size_t end)
        : grid_(&grid), base_(base), first_(first), end_(end) {}
    std::size_t size() const { return end_ - first_; }
    bool empty() const { return size() == 0; }
    std::string_view operator[](std::size_t k) const { return grid_->cell(base_, first_ + k); }
    std::string_view back() const { return grid_->cell(base_, end_ - 1); }
    Iterator begin() const { return {grid_, base_, first_}; }
    Iterator end() const { return {grid_, base_, end_}; }

   private:
    CsvGrid const* grid_;
    char const* base_;
    std::size_t first_, end_;
  };

  std::size_t records() const { return records_.size(); }
  /// The cells of a record; their number may vary.
  Cells cells(std::size_t record) const {
    std::size_t const end = record + 1 < records_.size() ? records_[record + 1].first : places_.size();
    return {*this, records_[record].base, records_[record].first, end};
  }
  /// The number of the line that a record begins on, from 1.
  std::size_t line(std::size_t record) const { return records_[record].line; }

  /// Begins a record of cells that stand within 4 GiB from `base` on.
  void begin_record(std::size_t line, char const* base) { records_.push_back({base, places_.size(), line}); }
  /// Whether a cell stands where it can be kept.
  bool reaches(std::string_view cell) const {
    return cell.data() + cell.size() - records_.back().base < std::ptrdiff_t{owned_mark};
  }
  void add(std::string_view cell) {
    places_.push_back(
        {static_cast<std::uint32_t>(cell.data() - records_.back().base), static_cast<std::uint32_t>(cell.size())});
  }
  /// Keeps a cell that does not stand in the text as it is.
  void add_owned(std::string cell) {
    if (!owned_) owned_ = std::make_shared<std::deque<std::string>>();
    places_.push_back({static_cast<std::uint32_t>(owned_->size()), owned_mark});
    owned_->push_back(std::move(cell));
  }
  /// Removes the last record.
  void drop_record() {
    places_.resize(records_.back().first);
    records_.pop_back();
  }

 private:
  static constexpr std::uint32_t owned_mark = 0xffffffff;

  /// Where a cell begins, from the base of its record, and its length; or its number among those of our own, and a
  /// mark.
  struct Place {
    std::uint32_t begin, size;
  };
  struct Record {
    char const* base;
    std::size_t first;  ///< place of its first cell
    std::size_t line;
  };

  std::string_view cell(char const* base, std::size_t place) const {
    auto const [begin, size] = places_[place];
    return size == owned_mark ? std::string_view((*owned_)[begin]) : std::string_view(base + begin, size);
  }

  std::vector<Place> places_;
  std::vector<Record> records_;
  std::shared_ptr<std::deque<std::string>> owned_;  ///< shared with copies, whose cells look into it too
};

/// Splits CSV (RFC 4180, with `separator` in place of the comma) into records: quotes with doubled quotes inside, line
/// breaks inside quotes. Lines end with LF, CRLF or CR; a UTF-8 byte order mark is skipped; there are no comments. An
/// empty line is a record of one empty cell, but those at the end are dropped. Cells keep their spaces. The grid looks
/// into `bytes`, which must outlive it.
/// @param name  the file in error messages
/// @param first_line  the number of the line that `bytes` begins with
/// @throws InputError for a record of more than 4 GiB, a quote that is not closed, text after a closing quote, a quote
/// inside an unquoted cell, and
///   bytes that show another encoding (UTF-16, or a zero byte).
CsvGrid csv_grid(std::string_view bytes, std::string_view name, char separator = ',', std::size_t first_line = 1);

/// As it is said of a separator: "','", "a tab ('\t')".
std::string separator_text(char separator);

}  // namespace fisherlab
