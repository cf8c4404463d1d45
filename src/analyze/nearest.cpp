#include "analyze/nearest.hpp"

#include <algorithm>
#include <cstdlib>

namespace carestep::analyze {
namespace {

using diagram::Diagram;
using diagram::Edge;
using diagram::Position;
using diagram::Ref;

constexpr std::uint32_t none_differs = ~std::uint32_t{0};

class NearestSearch {
 public:
  NearestSearch(Diagram& diagram, std::uint32_t wanted, std::vector<Terrain> const& terrain,
                std::vector<std::uint32_t> const& kept)
      : diagram_(diagram), wanted_(wanted), terrain_(terrain), kept_(kept) {}

  std::optional<Way> run(Ref region) {
    std::optional<Step> const start = best(region, none_differs);
    if (!start) return std::nullopt;
    Way way{start->distance, std::vector<std::int64_t>(terrain_.size(), Terrain::no_code), {}};
    std::uint32_t differs = none_differs;
    while (!region.is_leaf()) {
      Position const at = diagram_.position(region);
      Terrain const& here = terrain_[at];
      Step const step = *best(region, differs);
      way.codes[at] = step.code;
      if (costs(here, step.code)) {
        differs = here.answer;
        way.answers.push_back(differs);
      }
      region = step.to;
    }
    std::sort(way.answers.begin(), way.answers.end());
    way.answers.erase(std::unique(way.answers.begin(), way.answers.end()), way.answers.end());
    return way;
  }

 private:
  struct Step {
    Distance distance;
    std::int64_t code = 0;
    Ref to;
  };

  static bool costs(Terrain const& here, std::int64_t code) { return here.own != Terrain::no_code && code != here.own; }

  /// `differs`: the answer that the variable before differs in.
  std::optional<Step> best(Ref ref, std::uint32_t differs) {
    if (ref.is_leaf()) return ref.value() >= wanted_ ? std::optional(Step{}) : std::nullopt;
    Terrain const& here = terrain_[diagram_.position(ref)];
    bool const differs_already = differs == here.answer;
    std::uint64_t const key = std::uint64_t{ref.bits} << 1U | (differs_already ? 1U : 0U);
    if (auto const it = done_.find(key); it != done_.end()) return it->second;
    diagram_.step();
    std::optional<Step> found;
    std::int64_t low = 0;
    for (std::size_t i = 0; i < diagram_.edges(ref).size(); ++i) {
      Edge const edge = diagram_.edges(ref)[i];
      std::optional<std::int64_t> const code = nearest_code(here, low, edge.high);
      low = edge.high + 1;
      if (!code) continue;
      bool const differs_here = costs(here, *code);
      std::optional<Step> const rest = best(edge.to, differs_here || differs_already ? here.answer : none_differs);
      if (!rest) continue;
      Distance distance = rest->distance;
      if (differs_here) {
        distance.answers += differs_already ? 0 : 1;
        distance.values += values(here, *code);
      }
      if (!found || distance < found->distance ||
          (distance == found->distance && values(here, *code) < values(here, found->code)))
        found = Step{distance, *code, edge.to};
    }
    done_.emplace(key, found);
    return found;
  }

  [[nodiscard]] std::uint64_t values(Terrain const& here, std::int64_t code) const {
    if (!costs(here, code)) return 0;
    return here.by_values ? static_cast<std::uint64_t>(std::abs(code - here.origin)) : 1;
  }

  /// The cheapest code of a stretch that may be taken.
  [[nodiscard]] std::optional<std::int64_t> nearest_code(Terrain const& here, std::int64_t low,
                                                         std::int64_t high) const {
    if (here.own == Terrain::no_code) return low;
    if (low <= here.own && here.own <= high) return here.own;
    if (std::binary_search(kept_.begin(), kept_.end(), here.answer)) return std::nullopt;
    low = std::max(low, here.low);
    high = std::min(high, here.high);
    if (low > high) return std::nullopt;
    return std::clamp(here.origin, low, high);
  }

  Diagram& diagram_;
  std::uint32_t wanted_;
  std::vector<Terrain> const& terrain_;
  std::vector<std::uint32_t> const& kept_;
  std::unordered_map<std::uint64_t, std::optional<Step>> done_;
};

}  // namespace

std::optional<Way> nearest(Diagram& diagram, Ref region, std::uint32_t wanted, std::vector<Terrain> const& terrain,
                           std::vector<std::uint32_t> const& kept) {
  return NearestSearch(diagram, wanted, terrain, kept).run(region);
}

}  // namespace carestep::analyze
