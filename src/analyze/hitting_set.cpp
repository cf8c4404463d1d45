#include "analyze/hitting_set.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "diagram/diagram.hpp"

namespace carestep::analyze {
namespace {

using Set = std::vector<std::uint32_t>;

bool disjoint(Set const& a, Set const& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return false;
    *i < *j ? ++i : ++j;
  }
  return true;
}

/// Tries every set of a given size that can still become one.
class Search {
 public:
  Search(std::vector<Set> const& sets, std::uint64_t& budget) : sets_(sets), budget_(budget) {}

  std::optional<Set> of_size(std::size_t size) {
    chosen_.clear();
    if (!extend(size)) return std::nullopt;
    return chosen_;
  }

 private:
  bool extend(std::size_t more) {
    if (budget_ == 0) throw diagram::OverBudget{};
    --budget_;
    if (needed() > more) return false;
    Set const* const open = smallest_open();
    if (open == nullptr) return true;
    for (std::uint32_t const member : *open) {
      chosen_.insert(std::upper_bound(chosen_.begin(), chosen_.end(), member), member);
      if (extend(more - 1)) return true;
      chosen_.erase(std::find(chosen_.begin(), chosen_.end(), member));
    }
    return false;
  }

  [[nodiscard]] Set const* smallest_open() const {
    Set const* smallest = nullptr;
    for (Set const& set : sets_)
      if (disjoint(set, chosen_) && (smallest == nullptr || set.size() < smallest->size())) smallest = &set;
    return smallest;
  }

  /// At least so many more: open sets without a common member need one each.
  [[nodiscard]] std::size_t needed() const {
    std::size_t count = 0;
    Set covered;
    for (Set const& set : sets_) {
      if (!disjoint(set, chosen_) || !disjoint(set, covered)) continue;
      ++count;
      Set both;
      std::set_union(covered.begin(), covered.end(), set.begin(), set.end(), std::back_inserter(both));
      covered = std::move(both);
    }
    return count;
  }

  std::vector<Set> const& sets_;
  std::uint64_t& budget_;
  Set chosen_;
};

}  // namespace

std::vector<std::uint32_t> smallest_hitting_set(std::vector<std::vector<std::uint32_t>> const& sets,
                                                std::uint64_t& budget) {
  Search search(sets, budget);
  for (std::size_t size = 0;; ++size)
    if (auto found = search.of_size(size)) return *std::move(found);
}

}  // namespace carestep::analyze
