#include "sim/models/expression/expression_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/expression/inverse_laws.hpp"
#include "sim/models/expression/lane_information.hpp"
#include "sim/models/expression/law_card.hpp"
#include "sim/models/expression/law_check.hpp"
#include "sim/models/expression/law_programs.hpp"
#include "sim/models/expression/parameter_bounds.hpp"
#include "sim/models/expression/prepared_expression.hpp"
#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/grid_start.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {
namespace {

class ExpressionModel final : public LawUnderCheck, public Preparable {
 public:
  explicit ExpressionModel(ExpressionLaw law)
      : law_(std::move(law)),
        card_(card_of(law_)),
        programs_(std::make_shared<LawPrograms const>(law_)),
        inverses_(std::make_shared<InverseLaws>()),
        bounds_(law_),
        has_free_hessian_(finds_free_hessian()) {
    offer();
  }

  ModelCard const& card() const override { return card_; }
  Offers const& offers() const override { return offers_; }
  int dimension() const override { return 1; }
  std::vector<double> constants() const override { return {}; }
  ExpressionLaw const& law() const override { return law_; }

  bool in_space(std::span<double const> theta) const override {
    if (theta.size() != law_.parameters.size()) return false;
    for (std::size_t a = 0; a < theta.size(); ++a)
      if (!law_.parameters[a].holds(theta[a])) return false;
    return true;
  }
  bool in_support(std::span<double const> x) const override { return x.size() == 1 && law_.support.holds(x[0]); }

  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    LaneStream stream(key);
    if (programs_->draw)
      draw_by_expression(theta, stream, sample);
    else
      draw_by_inversion(*inverse(theta), stream, sample);
  }

  Lanes log_likelihood(Sample const& sample, Lanes const* theta) const override {
    Lanes sum;
    programs_->value(sample, {theta, p()}, &sum);
    return bounds_.inside(theta, sum);
  }
  Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* hessian) const override {
    std::vector<Lanes> sums(1 + p() + q());
    programs_->derivatives(sample, {theta, p()}, sums.data());
    std::copy_n(sums.data() + 1, p(), score);
    std::copy_n(sums.data() + 1 + p(), q(), hessian);
    return bounds_.inside(theta, sums[0]);
  }
  void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                      Lanes* hessian) const override {
    std::vector<Lanes> sums(p() + 2 * q());
    programs_->score_products(sample, {theta, p()}, sums.data());
    std::copy_n(sums.data(), p(), score);
    std::copy_n(sums.data() + p(), q(), outer);
    std::copy_n(sums.data() + p() + q(), q(), hessian);
  }

  void information(std::span<double const> theta, double* packed) const override {
    if (!has_free_hessian_) return derived_information(*this, theta, packed);
    std::vector<Lanes> const t(theta.begin(), theta.end());
    std::vector<Lanes> own(q());
    negative_hessian(t.data(), own.data());
    for (std::size_t k = 0; k < q(); ++k) packed[k] = own[k][0];
  }
  /// Eight at once where that settles, else one by one; not-a-number in lanes where there is none.
  void information(Lanes const* theta, Lanes* packed) const override {
    if (has_free_hessian_) return negative_hessian(theta, packed);
    auto const found = lane_information(*programs_, law_.support, theta, packed);
    for (int lane = 0; lane < lane_count; ++lane) {
      if ((found >> lane & 1) != 0) continue;
      std::vector<double> t, own(q(), std::numeric_limits<double>::quiet_NaN());
      for (std::size_t a = 0; a < p(); ++a) t.push_back(theta[a][lane]);
      if (!derived_information_if_any(*this, t, own.data())) std::ranges::fill(own, std::nan(""));
      for (std::size_t k = 0; k < q(); ++k) packed[k].set(lane, own[k]);
    }
  }

  std::unique_ptr<PreparedModel const> prepared(Sample const& sample) const override {
    return prepared_expression(*this, law_, *programs_, sample);
  }

  std::shared_ptr<InverseLaw const> inverse(std::span<double const> theta) const override {
    std::vector<double> const t(theta.begin(), theta.end());
    return inverses_->at(t, [&]() -> std::shared_ptr<InverseLaw const> {
      std::vector<Lanes> const fixed(t.begin(), t.end());
      Sample one(1, 1);
      try {
        return inverse_of(law_.support, [&](Lanes const& x) {
          one(0) = x;
          return log_likelihood(one, fixed.data());
        });
      } catch (InputError const& error) {
        throw InputError(card_.name + ": at " + place_text(card_, theta) + ", " + error.what());
      }
    });
  }

 private:
  std::size_t p() const { return law_.parameters.size(); }
  std::size_t q() const { return packed_size(p()); }

  /// The information where the Hessian is the same for every x.
  void negative_hessian(Lanes const* theta, Lanes* packed) const {
    Sample const any(1, 1);
    std::vector<Lanes> score(p());
    derivatives(any, theta, score.data(), packed);
    for (std::size_t k = 0; k < q(); ++k) packed[k] = -packed[k];
  }
  bool finds_free_hessian() const {
    for (std::size_t k = 0; k < q(); ++k)
      if (!programs_->derivatives.is_free(1 + p() + k)) return false;
    return true;
  }

  static void draw_by_inversion(InverseLaw const& inverse, LaneStream& stream, Sample& sample) {
    for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) = inverse.quantile(stream.open_uniform());
  }

  /// Each observation takes its uniforms, then its normals.
  void draw_by_expression(std::span<double const> theta, LaneStream& stream, Sample& sample) const {
    constexpr auto block = static_cast<std::size_t>(Program::block);
    auto const& variables = programs_->variables;
    auto const count = static_cast<std::size_t>(programs_->uniforms) + static_cast<std::size_t>(programs_->normals);
    std::vector<Lanes> const fixed(theta.begin(), theta.end());
    std::vector<Lanes> numbers(count * block);
    std::array<Lanes const*, ExpressionGraph::most_variables> columns{};
    for (std::size_t k = 0; k < count; ++k) {
      auto const uniforms = static_cast<std::size_t>(programs_->uniforms);
      int const variable =
          k < uniforms ? variables.uniform(static_cast<int>(k)) : variables.normal(static_cast<int>(k - uniforms));
      columns[static_cast<std::size_t>(variable)] = numbers.data() + k * block;
    }
    // Parameters of a draw are the first variables; those between them and the uniforms it does not name.
    ProgramRun run(*programs_->draw, fixed);
    for (std::int64_t from = 0; from < sample.n(); from += Program::block) {
      int const here = static_cast<int>(std::min<std::int64_t>(Program::block, sample.n() - from));
      for (int i = 0; i < here; ++i)
        for (std::size_t k = 0; k < count; ++k)
          numbers[k * block + static_cast<std::size_t>(i)] =
              static_cast<int>(k) < programs_->uniforms ? stream.open_uniform() : stream.normal();
      run.observe(columns, here);
      for (int i = 0; i < here; ++i) sample(from + i) = run.root(0, i);
    }
  }

  /// What every offer holds by value.
  struct Held {
    std::shared_ptr<LawPrograms const> programs;

    /// The sums at theta, along the tangent.
    void along(ExpressionSums const& sums, Sample const& sample, Point theta, Point tangent, Lanes* out) const {
      auto const& variables = programs->variables;
      std::vector<Lanes> fixed(static_cast<std::size_t>(variables.tangent(variables.p)), Lanes(0.0));
      for (std::size_t a = 0; a < theta.size(); ++a) {
        fixed[a] = theta[a];
        if (!tangent.empty()) fixed[static_cast<std::size_t>(variables.tangent(static_cast<int>(a)))] = tangent[a];
      }
      sums(sample, fixed, out);
    }
  };

  void offer() {
    Held const held{programs_};
    offers_.directional_scores = [held](Sample const& sample, Point theta, Point tangent, Lanes& sum, Lanes& squares) {
      std::array<Lanes, 2> sums;
      held.along(held.programs->directional, sample, theta, tangent, sums.data());
      sum = sums[0];
      squares = sums[1];
    };
    offers_.density_curvature = [held](Sample const& sample, Point theta, Lanes* packed) {
      held.along(held.programs->curvature, sample, theta, {}, packed);
    };
    offers_.hessian_slope = [held](Sample const& sample, Point theta, Point tangent, Lanes* packed) {
      held.along(held.programs->slope, sample, theta, tangent, packed);
    };
    if (programs_->moment_order)
      offers_.moment_order_of_estimate = [held](Point theta, std::int64_t n) {
        std::vector<Lanes> fixed(theta.begin(), theta.end());
        fixed.emplace_back(static_cast<double>(n));
        double const order = ProgramRun(*held.programs->moment_order, fixed).root(0)[0];
        return std::isnan(order) ? 0.0 : order;
      };
    offers_.start_count = grid_start_count(card_.domains);
    offers_.start = [self = Self(*this)](Sample const& sample, int which, Lanes* theta) {
      start_of_expression(*self.operator->(), self->law_, *self->programs_, sample, which, theta);
    };
    if (law_.support.range == Range::positive && law_.support.lower != 0)
      offers_.lower_end = [lower = law_.support.lower](Point, int) { return lower; };
    offer_properties(held);
  }

  void offer_properties(Held const& held) {
    using Kind = Quantity::Kind;
    auto& properties = offers_.properties;
    if (programs_->mean) properties.kinds.push_back(Kind::mean);
    if (programs_->variance) properties.kinds.push_back(Kind::variance);
    if (properties.kinds.empty()) return;
    properties.formula = [held](Quantity const& quantity, Point theta) -> std::optional<Functional> {
      auto const& program = quantity.kind == Kind::mean ? held.programs->mean : held.programs->variance;
      bool const is_stated = quantity.kind == Kind::mean || quantity.kind == Kind::variance;
      if (!is_stated || !program) return std::nullopt;
      std::vector<Lanes> const fixed(theta.begin(), theta.end());
      ProgramRun const run(*program, fixed);
      Functional result{run.root(0)[0], {}};
      for (std::size_t a = 0; a < theta.size(); ++a) result.gradient.push_back(run.root(1 + a)[0]);
      if (!(std::fabs(result.value) < HUGE_VAL)) return std::nullopt;
      return result;
    };
  }

  /// A copy for an offer, without offers of its own.
  class Self {
   public:
    explicit Self(ExpressionModel const& model) : model_(new ExpressionModel(model, Bare{})) {}
    ExpressionModel const* operator->() const { return model_.get(); }

   private:
    std::shared_ptr<ExpressionModel const> model_;
  };
  struct Bare {};
  ExpressionModel(ExpressionModel const& other, Bare)
      : law_(other.law_),
        card_(other.card_),
        programs_(other.programs_),
        inverses_(other.inverses_),
        bounds_(law_),
        has_free_hessian_(other.has_free_hessian_) {}

  ExpressionLaw law_;
  ModelCard card_;
  std::shared_ptr<LawPrograms const> programs_;
  std::shared_ptr<InverseLaws> inverses_;
  ParameterBounds bounds_;
  bool has_free_hessian_;  ///< of x
  Offers offers_;
};

}  // namespace

Models::Entry expression_model(ExpressionLaw const& law) {
  auto const model = std::make_shared<ExpressionModel const>(law);
  expect_law_near_example(*model);
  return {model->card(), [model](std::span<double const> constants) -> AnyModel {
            expects(constants.empty(), "model " + model->card().name + " takes no known constants, leave them out");
            return model;
          }};
}

}  // namespace fisherlab::sim
