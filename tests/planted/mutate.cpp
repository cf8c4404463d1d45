#include "planted/mutate.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <initializer_list>

namespace carestep::planted {
namespace {

using differential::Random;
using parse::TokenKind;
using Words = std::vector<std::string_view>;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What decides; inputs and the ruleset block are looked at by the kinds of defects that concern them.
bool decides(std::string_view word) {
  return is_one_of(word, {"impossible", "fact", "grade", "score", "rule", "table", "tree", "admit", "continue", "step",
                          "discharge"});
}

class Mutator {
 public:
  Mutator(Pieces const& pieces, Random& random) : p_(pieces), random_(random) {
    for (Pieces::Declaration const& one : p_.declarations)
      if (decides(one.word))
        for (std::size_t i = one.first_token + 1; i < one.end_token; ++i) deciding_.push_back(i);
  }

  std::optional<Mutant> any() {
    switch (random_.below(12)) {
      case 0:
      case 1:
        return flipped_comparison();
      case 2:
      case 3:
        return shifted_bound();
      case 4:
      case 5:
        return other_value();
      case 6:
        return other_connective();
      case 7:
        return toggled_not();
      case 8:
        return dropped_clause();
      case 9:
        return dropped_condition();
      case 10:
        return dropped_line();
      default:
        return random_.percent(50) ? lost_declaration() : swapped_neighbours();
    }
  }

 private:
  [[nodiscard]] Mutant replaced(Stretch at, std::string const& by, std::string_view what) const {
    std::string const was = p_.text.substr(at.begin, at.end - at.begin);
    std::string text = p_.text;
    text.replace(at.begin, at.end - at.begin, by);
    auto const line = std::count(p_.text.begin(), p_.text.begin() + static_cast<std::ptrdiff_t>(at.begin), '\n') + 1;
    return {std::move(text), fmt::format("line {}: {}: `{}` -> `{}`", line, what, was, by)};
  }

  /// One of the deciding tokens that are such.
  template <class Fits>
  std::optional<std::size_t> token(Fits fits) {
    std::vector<std::size_t> all;
    for (std::size_t const i : deciding_)
      if (fits(p_.tokens[i])) all.push_back(i);
    if (all.empty()) return std::nullopt;
    return random_.pick(all);
  }

  std::optional<Mutant> exchanged(std::string_view what, std::vector<Words> const& groups) {
    auto const group_of = [&](std::string_view word) {
      return std::find_if(groups.begin(), groups.end(),
                          [&](Words const& g) { return std::find(g.begin(), g.end(), word) != g.end(); });
    };
    auto const at = token([&](Pieces::Token const& t) {
      return (t.kind == TokenKind::word || t.kind == TokenKind::symbol) && group_of(t.words) != groups.end();
    });
    if (!at) return std::nullopt;
    Words others = *group_of(p_.tokens[*at].words);
    others.erase(std::find(others.begin(), others.end(), p_.tokens[*at].words));
    return replaced(p_.tokens[*at].at, std::string(random_.pick(others)), what);
  }

  std::optional<Mutant> flipped_comparison() {
    return exchanged("comparison",
                     {{">=", ">", "<", "<=", "=", "!="}, {"least", "most"}, {"above", "below"}, {"worse", "better"}});
  }
  std::optional<Mutant> other_connective() {
    return exchanged("connective", {{"and", "or"}, {"any", "all", "none"}, {"yes", "no"}, {"lowest", "highest"}});
  }

  std::optional<Mutant> shifted_bound() {
    auto const at = token([](Pieces::Token const& t) { return t.kind == TokenKind::number; });
    if (!at) return std::nullopt;
    std::string_view const digits = p_.tokens[*at].words;
    auto const value = parse_decimal(digits);
    if (!value) return std::nullopt;
    std::size_t const point = digits.find('.');
    std::int64_t unit = Decimal::from_int(1).scaled;
    for (std::size_t i = point; point != std::string_view::npos && i + 1 < digits.size(); ++i) unit /= 10;
    if (random_.percent(20)) unit *= 2;
    Decimal const shifted{value->scaled + (random_.percent(50) ? unit : -unit)};
    if (shifted.scaled < 0) return std::nullopt;
    return replaced(p_.tokens[*at].at, to_string(shifted), "bound");
  }

  /// The lists of values, levels and services that the file declares.
  [[nodiscard]] std::vector<Words> values() const {
    std::vector<Words> lists;
    Words services;
    for (Pieces::Declaration const& one : p_.declarations) {
      if (one.word == "service") services.push_back(p_.tokens[one.first_token + 1].words);
      if (!is_one_of(one.word, {"levels", "input", "grade"})) continue;
      Words list;
      for (std::size_t i = one.first_token + 1; i + 1 < one.end_token; ++i)
        if (p_.tokens[i].kind == TokenKind::word && is_one_of(p_.tokens[i + 1].words, {"<", ","}))
          list.push_back(p_.tokens[i].words);
      if (list.size() > 1) lists.push_back(std::move(list));
    }
    if (services.size() > 1) lists.push_back(std::move(services));
    return lists;
  }
  std::optional<Mutant> other_value() { return exchanged("value", values()); }

  std::optional<Mutant> toggled_not() {
    if (random_.percent(50)) {
      auto const at = token([](Pieces::Token const& t) { return t.words == "not"; });
      if (at) return replaced({p_.tokens[*at].at.begin, p_.tokens[*at + 1].at.begin}, "", "negation");
    }
    auto const at = token([](Pieces::Token const& t) { return is_one_of(t.words, {"when", "and", "or", "is"}); });
    if (!at) return std::nullopt;
    std::size_t const behind = p_.tokens[*at].at.end;
    return replaced({behind, behind}, " not", "negation");
  }

  /// From a token up to the next of these words, outside of parentheses.
  [[nodiscard]] std::optional<Stretch> up_to(std::size_t from, std::initializer_list<std::string_view> ends) const {
    int depth = 0;
    for (std::size_t i = from + 1; i < p_.tokens.size(); ++i) {
      Pieces::Token const& t = p_.tokens[i];
      if (depth == 0 && (is_one_of(t.words, ends) || t.kind == TokenKind::end || t.words == ")"))
        return Stretch{p_.tokens[from].at.begin, t.at.begin};
      if (t.words == "(") ++depth;
      if (t.words == ")") --depth;
    }
    return std::nullopt;
  }

  std::optional<Mutant> dropped_clause() {
    auto const at = token([](Pieces::Token const& t) { return is_one_of(t.words, {"and", "or"}); });
    if (!at) return std::nullopt;
    auto const clause = up_to(*at, {"and", "or", "then", "unless", "because", "cites", ",", "|"});
    if (!clause) return std::nullopt;
    return replaced(*clause, " ", "dropped clause");
  }

  std::optional<Mutant> dropped_condition() {
    auto const at = token([](Pieces::Token const& t) { return is_one_of(t.words, {"when", "unless", "overrides"}); });
    if (!at) return std::nullopt;
    auto const condition = up_to(*at, {"then", "unless", "overrides", "because", "cites", "when"});
    if (!condition) return std::nullopt;
    return replaced(*condition, "", "dropped condition");
  }

  /// A row of a table, or an item of a list.
  std::optional<Mutant> dropped_line() {
    auto const at = token([](Pieces::Token const& t) { return t.first_on_line && (t.words == "|" || t.words == "-"); });
    if (!at) return std::nullopt;
    std::size_t const begin = p_.tokens[*at].at.begin;
    return replaced({begin, std::min(p_.text.find('\n', begin), p_.text.size())}, "", "dropped line");
  }

  std::optional<Mutant> lost_declaration() {
    std::vector<Stretch> all;
    for (Pieces::Declaration const& one : p_.declarations)
      if (decides(one.word) && !is_one_of(one.word, {"fact", "grade", "score"})) all.push_back(one.at);
    if (all.empty()) return std::nullopt;
    return replaced(random_.pick(all), "\n", "lost declaration");
  }

  /// Two levels or values that stand beside each other.
  std::optional<Mutant> swapped_neighbours() {
    std::vector<std::size_t> places;
    for (Pieces::Declaration const& one : p_.declarations)
      if (is_one_of(one.word, {"levels", "input", "grade"}))
        for (std::size_t i = one.first_token + 1; i + 2 < one.end_token; ++i)
          if (p_.tokens[i + 1].words == "<") places.push_back(i);
    if (places.empty()) return std::nullopt;
    std::size_t const i = random_.pick(places);
    std::string const swapped = fmt::format("{} < {}", p_.tokens[i + 2].words, p_.tokens[i].words);
    return replaced({p_.tokens[i].at.begin, p_.tokens[i + 2].at.end}, swapped, "swapped values");
  }

  Pieces const& p_;
  Random& random_;
  std::vector<std::size_t> deciding_;
};

std::string without(std::string text, Stretch at) {
  return text.erase(at.begin, at.end - at.begin);
}

}  // namespace

std::optional<Mutant> mutated(Pieces const& pieces, Random& random) {
  return Mutator(pieces, random).any();
}

std::vector<Mutant> without_each(Pieces const& pieces) {
  std::vector<Mutant> all;
  for (Pieces::Declaration const& one : pieces.declarations) {
    if (!decides(one.word) || is_one_of(one.word, {"fact", "grade", "score"})) continue;
    std::string const name(pieces.tokens[one.first_token + 1].words);
    all.push_back({without(pieces.text, one.at), fmt::format("without {} {}", one.word, name)});
    if (one.word != "table") continue;
    int row = 0;
    for (std::size_t i = one.first_token; i < one.end_token; ++i) {
      Pieces::Token const& t = pieces.tokens[i];
      if (!t.first_on_line || t.words != "|" || row++ == 0) continue;  // the header
      Stretch const line{t.at.begin, std::min(pieces.text.find('\n', t.at.begin), pieces.text.size())};
      all.push_back({without(pieces.text, line), fmt::format("without row {} of {}", row - 1, name)});
    }
  }
  return all;
}

}  // namespace carestep::planted
