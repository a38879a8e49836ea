#include "claims/instruments/probes/planted.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "sim/models/interface/forwarding.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using sim::Sample;

/// The information is off by a factor, and so is the part of it that each coordinate carries.
class WrongInformation final : public sim::Forwarding {
 public:
  WrongInformation(sim::AnyModel inner, double factor)
      : sim::Forwarding(std::move(inner)), factor_(factor), offers_(inner_->offers()) {
    if (offers_.marginal_information)
      offers_.marginal_information = [factor, sound = offers_.marginal_information](sim::Point theta) {
        auto parts = sound(theta);
        for (double& part : parts) part *= factor;
        return parts;
      };
  }
  sim::Offers const& offers() const override { return offers_; }
  void information(std::span<double const> theta, double* packed) const override {
    inner_->information(theta, packed);
    for (std::size_t k = 0; k < entries(); ++k) packed[k] *= factor_;
  }
  void information(Lanes const* theta, Lanes* packed) const override {
    inner_->information(theta, packed);
    for (std::size_t k = 0; k < entries(); ++k) packed[k] *= factor_;
  }

 private:
  std::size_t entries() const { return sim::packed_size(static_cast<std::size_t>(parameter_count())); }
  double factor_;
  sim::Offers offers_;
};

/// The score of each observation is off by c, so sums and products follow: sum (s + c) and sum (s + c)(s + c)'.
class WrongScore final : public sim::Forwarding {
 public:
  /// @param theta  where the score will mostly be asked for: the information there may be an integral, and is taken
  /// once
  WrongScore(sim::AnyModel inner, double offset, std::vector<double> theta)
      : sim::Forwarding(std::move(inner)), offset_(offset), theta_(std::move(theta)) {
    std::vector<double> packed(sim::packed_size(theta_.size()));
    inner_->information(std::span<double const>(theta_), packed.data());
    information_.assign(packed.begin(), packed.end());
  }
  void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                      Lanes* hessian) const override {
    inner_->score_products(sample, theta, score, outer, hessian);
    auto const p = static_cast<std::size_t>(parameter_count());
    auto const n = static_cast<double>(sample.n());
    auto c = information_;
    if (!is_there(theta)) inner_->information(theta, c.data());
    std::vector<Lanes> shift(p);
    for (std::size_t a = 0; a < p; ++a) shift[a] = offset_ * sqrt(c[sim::packed_index(a, a)]);
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b)
        outer[sim::packed_index(a, b)] += shift[a] * score[b] + score[a] * shift[b] + n * shift[a] * shift[b];
    for (std::size_t a = 0; a < p; ++a) score[a] += n * shift[a];
  }

 private:
  bool is_there(Lanes const* theta) const {
    for (std::size_t a = 0; a < theta_.size(); ++a)
      if (!all(theta[a] == Lanes(theta_[a]))) return false;
    return true;
  }

  double offset_;
  std::vector<double> theta_;
  std::vector<Lanes> information_;  ///< of one observation there
};

/// Odd replicates take observations of the even ones before them.
class Entangled final : public sim::Forwarding {
 public:
  Entangled(sim::AnyModel inner, Streams streams) : sim::Forwarding(std::move(inner)), streams_(streams) {}
  void draw(std::span<double const> theta, sim::StreamKey const& key, Sample& sample) const override {
    std::int64_t const ahead = streams_ == Streams::overlapping ? 1 : 0;
    Sample drawn(sample.n() + ahead, sample.dimension());
    inner_->draw(theta, key, drawn);
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int d = 0; d < sample.dimension(); ++d) {
        sample(i, d) = drawn(i, d);
        if (streams_ == Streams::correlated && i > 0) continue;
        for (int lane = 1; lane < sim::lane_count; lane += 2) sample(i, d).set(lane, drawn(i + ahead, d)[lane - 1]);
      }
  }

 private:
  Streams streams_;
};

/// The law with the first component of its theta moved by `shift` times I_00^(-1/2).
Law shifted(Law law, double shift) {
  std::vector<double> packed(sim::packed_size(law.theta.size()));
  law.model->information(std::span<double const>(law.theta), packed.data());
  expects(packed[0] > 0, "model " + law.model->card().name +
                             " has no information about its first parameter here (a shift is counted by it), choose "
                             "another planted defect");
  law.theta[0] += shift / std::sqrt(packed[0]);
  expects(law.model->in_space(law.theta), "a planted shift of " + exact_text(shift) + " moves " +
                                              law.model->card().name + " to " + parameters_text(law) +
                                              " (outside its space), choose a smaller one");
  return law;
}

void add_note(Setting& setting, std::string const& note) { setting.note += (setting.note.empty() ? "" : ", ") + note; }

}  // namespace

Setting plant(Setting setting, Defect const& defect) {
  expects(std::isfinite(defect.information_factor) && defect.information_factor > 0,
          "a planted information factor is a number above 0");
  expects(std::isfinite(defect.score_offset), "a planted score offset is a finite number");
  expects(std::isfinite(defect.shift), "a planted shift is a finite number");
  if (defect.information_factor != 1.0) {
    setting.model.model = std::make_shared<WrongInformation>(setting.model.model, defect.information_factor);
    setting.information_factor *= defect.information_factor;
    add_note(setting, "information x " + exact_text(defect.information_factor));
  }
  if (defect.score_offset != 0.0) {
    setting.model.model = std::make_shared<WrongScore>(setting.model.model, defect.score_offset, setting.model.theta);
    add_note(setting, "score + " + exact_text(defect.score_offset));
  }
  if (defect.shift != 0.0) {
    setting.data = shifted(std::move(setting.data), defect.shift);
    add_note(setting, "shift " + exact_text(defect.shift));
  }
  if (defect.scale_for_rate) {
    auto const& names = setting.data.model->card().parameters;
    auto const rate = std::find(names.begin(), names.end(), "rate");
    expects(rate != names.end(), "model " + setting.data.model->card().name +
                                     " has no parameter 'rate' to take for a scale, choose another planted defect");
    double& value = setting.data.theta[static_cast<std::size_t>(rate - names.begin())];
    value = 1.0 / value;
    add_note(setting, "scale for rate");
  }
  if (defect.streams != Streams::sound) {
    setting.data.model = std::make_shared<Entangled>(setting.data.model, defect.streams);
    add_note(setting, std::string(stream_names[static_cast<std::size_t>(defect.streams) - 1]) + " streams");
  }
  return setting;
}

}  // namespace fisherlab::claims
