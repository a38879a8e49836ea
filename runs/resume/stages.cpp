#include "runs/resume/stages.hpp"

#include <cstdint>
#include <utility>

namespace fisherlab::runs {

void Stages::unpack(std::string_view bytes) {
  Unpacker unpacker(bytes);
  unpacker.take(folded_);
  Unpacker::expect(unpacker.is_at_end());
}

std::string Stages::packed() const {
  auto folded = folded_;
  if (under_way_) {
    Packer packer;
    under_way_(packer);
    folded[begun_ - 1] = std::move(packer).take();
  }
  Packer packer;
  packer.put(folded);
  return std::move(packer).take();
}

Stage::Stage(Stages* stages, Pack pack, Unpack const& unpack) : stages_(stages) {
  if (stages_ == nullptr) return;
  auto& folded = stages_->folded_;
  if (stages_->begun_ < folded.size()) {
    Unpacker unpacker(folded[stages_->begun_]);
    unpack(unpacker);
    Unpacker::expect(unpacker.is_at_end());
  } else {
    folded.emplace_back();
  }
  ++stages_->begun_;
  stages_->under_way_ = std::move(pack);
}

void Stage::advance() const {
  if (stages_ == nullptr || !stages_->save_ || !stages_->clock_.is_due()) return;
  stages_->save_(stages_->packed());
  stages_->clock_.saved();
}

void Stage::end() {
  if (stages_ == nullptr) return;
  Packer packer;
  stages_->under_way_(packer);
  stages_->folded_[stages_->begun_ - 1] = std::move(packer).take();
  stages_->under_way_ = {};
  stages_ = nullptr;
}

void run_stage(sim::BlockWork work, int threads, Stages* stages, Stage::Pack const& pack, Stage::Unpack const& unpack) {
  std::int64_t next = work.first;
  Stage const stage(
      stages,
      [&](Packer& packer) {
        packer.put(next);
        pack(packer);
      },
      [&](Unpacker& unpacker) {
        unpacker.take(next);
        Unpacker::expect(next >= work.first && next <= work.last);
        unpack(unpacker);
      });
  work.first = next;
  work.fold = [&, fold = std::move(work.fold)](sim::BlockResult result) {
    fold(std::move(result));
    ++next;
    stage.advance();
  };
  sim::run_blocks(work, threads);
}

}  // namespace fisherlab::runs
