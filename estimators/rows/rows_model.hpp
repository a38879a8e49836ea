#pragma once

#include <vector>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// From so many rows on a sample is not written out in all eight lanes.
inline constexpr std::size_t many_rows = 100'000;

/// A model read on one sample, the rows of some data, which it keeps once, an eighth of them in each lane, in place of
/// all of them in every lane. Whatever sample it is given stands for them: stand_in(), of n rows and no coordinates.
/// Sums at one theta are sums of the lanes' parts; where the lanes ask about different theta, tiles of rows are written
/// out for as long as they are read. Memory: 8 bytes a row, and a tile for each thread.
/// A fit that has a formula is searched for here all the same, from what some of the rows say, taken at equal steps.
class FISHERLAB_API RowsModel final : public sim::BatchModel {
 public:
  /// Keeps a reference to `model`, and a copy of the rows, of one coordinate.
  RowsModel(sim::BatchModel const& model, std::vector<double> const& rows);

  sim::Sample stand_in() const { return {n_, 0}; }

  sim::ModelCard const& card() const override { return model_.card(); }
  int dimension() const override { return 1; }
  std::vector<double> constants() const override { return model_.constants(); }
  bool in_space(std::span<double const> theta) const override { return model_.in_space(theta); }
  bool in_support(std::span<double const> observation) const override { return model_.in_support(observation); }
  void draw(std::span<double const> theta, sim::StreamKey const& key, sim::Sample& sample) const override {
    model_.draw(theta, key, sample);
  }
  sim::Lanes log_likelihood(sim::Sample const& stand_in, sim::Lanes const* theta) const override;
  sim::Lanes derivatives(sim::Sample const& stand_in, sim::Lanes const* theta, sim::Lanes* score,
                         sim::Lanes* hessian) const override;
  void score_products(sim::Sample const& stand_in, sim::Lanes const* theta, sim::Lanes* score, sim::Lanes* outer,
                      sim::Lanes* hessian) const override;
  void information(std::span<double const> theta, double* packed) const override { model_.information(theta, packed); }
  void information(sim::Lanes const* theta, sim::Lanes* packed) const override { model_.information(theta, packed); }
  sim::Offers const& offers() const override { return offers_; }

 private:
  /// Adds what `add` finds in each part of the rows: all at once where the lanes have one theta, else by tiles.
  /// `add`: fills sums of a sample, of which there are `count`.
  template <class Add>
  void sum(sim::Lanes const* theta, std::size_t count, sim::Lanes* sums, Add const& add) const;

  sim::BatchModel const& model_;
  std::int64_t n_;
  sim::Sample lanes_;         ///< row 8 i + j in lane j of observation i
  std::vector<double> rest_;  ///< the last n mod 8
  sim::Offers offers_;
};

}  // namespace fisherlab::estimators
