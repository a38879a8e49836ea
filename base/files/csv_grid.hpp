#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fisherlab {

/// The cells of a CSV text, as places in it: what a large file is read into, 4 bytes a cell beside the text.
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

      Iterator(Cells const* cells, std::size_t k) : cells_(cells), k_(k) {}
      std::string_view operator*() const { return (*cells_)[k_]; }
      Iterator& operator++() {
        ++k_;
        return *this;
      }
      bool operator==(Iterator const& other) const { return k_ == other.k_; }

     private:
      Cells const* cells_;
      std::size_t k_;
    };

    Cells(CsvGrid const& grid, char const* base, std::size_t first, std::size_t end)
        : grid_(&grid), base_(base), first_(first), end_(end) {}
    std::size_t size() const { return end_ - first_; }
    bool empty() const { return size() == 0; }
    std::string_view operator[](std::size_t k) const {
      return grid_->cell(base_, first_ + k, k == 0 ? 0 : grid_->ends_[first_ + k - 1] + 1);
    }
    std::string_view back() const { return (*this)[size() - 1]; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

   private:
    CsvGrid const* grid_;
    char const* base_;
    std::size_t first_, end_;
  };

  std::size_t records() const { return records_.size(); }
  /// The cells of a record; their number may vary.
  Cells cells(std::size_t record) const {
    std::size_t const end = record + 1 < records_.size() ? records_[record + 1].first : ends_.size();
    return {*this, records_[record].base, records_[record].first, end};
  }
  /// The number of the line that a record begins on, from 1.
  std::size_t line(std::size_t record) const { return records_[record].line; }
  /// Where a record begins in the text.
  char const* begin_of(std::size_t record) const { return records_[record].base; }

  /// Makes room for so many records and cells at once: a large grid that grew would be twice in memory.
  void reserve(std::size_t records, std::size_t cells) {
    records_.reserve(records);
    ends_.reserve(cells);
  }
  /// Begins a record of cells that stand one after the other from `base` on, a separator between.
  void begin_record(std::size_t line, char const* base) { records_.push_back({base, ends_.size(), line}); }
  /// Whether a cell that ends before `end` can be kept: a record has at most 4 GiB.
  bool reaches(char const* end) const {
    return end - records_.back().base < std::ptrdiff_t{std::numeric_limits<std::uint32_t>::max()};
  }
  /// Adds the cell that ends before `end`, quotes around it included.
  void add(char const* end) { ends_.push_back(static_cast<std::uint32_t>(end - records_.back().base)); }
  /// Adds a cell whose text is not what stands between its quotes.
  void add_owned(char const* end, std::string cell) {
    if (!owned_) owned_ = std::make_shared<std::unordered_map<std::size_t, std::string>>();
    owned_->emplace(ends_.size(), std::move(cell));
    add(end);
  }
  /// Removes the last record.
  void drop_record() {
    ends_.resize(records_.back().first);
    records_.pop_back();
  }

 private:
  struct Record {
    char const* base;
    std::size_t first;  ///< place of its first cell
    std::size_t line;
  };

  std::string_view cell(char const* base, std::size_t place, std::size_t begin) const {
    std::size_t const end = ends_[place];
    if (begin == end || base[begin] != '"') return {base + begin, end - begin};
    if (owned_)
      if (auto const found = owned_->find(place); found != owned_->end()) return found->second;
    return {base + begin + 1, end - begin - 2};
  }

  std::vector<std::uint32_t> ends_;  ///< of each cell, from the base of its record
  std::vector<Record> records_;
  /// Shared with copies, whose cells look into it too.
  std::shared_ptr<std::unordered_map<std::size_t, std::string>> owned_;
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
