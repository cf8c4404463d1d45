#include "parse/state.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/nearest.hpp"
#include "parse/keywords.hpp"
#include "parse/primitives.hpp"
#include "parse/text.hpp"

namespace carestep::parse {
namespace {

constexpr std::size_t shown_length = 40;

/// At most `shown_length` bytes, cut between characters.
std::string shortened(std::string text) {
  if (text.size() <= shown_length) return text;
  std::size_t end = shown_length;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string shown(Token const& token, SourceMap const& sources) {
  if (token.kind == TokenKind::end) return "the end of the file";
  return "`" + shortened(sources.words(token.at)) + "`";
}

/// Words that mean little without the word before them: "after `at least`".
bool leans_back(Token const& token) {
  static constexpr std::string_view words[] = {"least", "most", "of",      "since",  "in", "every", "for",
                                               "up",    "down", "unknown", "assume", "to", "than",  "not"};
  return token.kind == TokenKind::word &&
         std::find(std::begin(words), std::end(words), token.source) != std::end(words);
}

std::string shown_before(Tokens const& tokens, Tokens::const_iterator at, SourceMap const& sources) {
  Token const& before = *(at - 1);
  bool const pair = leans_back(before) && at - 1 != tokens.begin() && (at - 2)->kind == TokenKind::word;
  return pair ? "`" + std::string((at - 2)->source) + " " + std::string(before.source) + "`" : shown(before, sources);
}

/// The keyword among those named in `what` (in back-ticks) that `word` most likely was meant to be.
std::optional<std::string_view> meant(std::string_view word, std::string_view what) {
  std::vector<std::string_view> candidates;
  for (std::size_t open = what.find('`'); open != std::string_view::npos; open = what.find('`', open)) {
    std::size_t const close = what.find('`', open + 1);
    if (close == std::string_view::npos) break;
    candidates.push_back(what.substr(open + 1, close - open - 1));
    open = close + 1;
  }
  return nearest(word, candidates);
}

/// The words that may begin a clause of a declaration.
std::vector<std::string_view> clauses_of(std::string_view declaration) {
  std::vector<std::string_view> words;
  for (auto const& [name, clauses] : declaration_clauses) {
    if (name != declaration) continue;
    for (std::size_t begin = 0; begin < clauses.size();) {
      std::size_t const end = std::min(clauses.find(' ', begin), clauses.size());
      words.push_back(clauses.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  if (declaration == "ruleset") words.insert(words.end(), attribute_words.begin(), attribute_words.end());
  return words;
}

constexpr std::size_t shown_parts = 6;

/// The chain with parentheses around the parts that `tight` joins. A long chain is cut where its two readings are
/// already plain.
std::string reading(SourceMap const& sources, std::vector<ast::ExprPtr> const& parts,
                    std::vector<Token const*> const& operators, std::string_view tight) {
  std::size_t const count = std::min(parts.size(), shown_parts);
  std::string text;
  bool open = false;
  for (std::size_t i = 0; i < count; ++i) {
    bool const joins_next = i + 1 < count && operators[i]->source == tight;
    if (joins_next && !open) text += '(';
    text += shortened(sources.words(parts[i]->at));
    if (open && !joins_next) text += ')';
    open = joins_next;
    if (i + 1 < count) text += " " + std::string(operators[i]->source) + " ";
  }
  return count < parts.size() ? text + " …" : text;
}

}  // namespace

void give_up_nesting(State& state, Tokens::const_iterator at) {
  state.sink()
      .report(Code::nested_too_deep, at->at, "conditions are nested more than {} levels deep here", max_nesting)
      .help("name a part of the condition with a `fact`");
  throw GiveUp{at};
}

bool State::full() const {
  return sink_->diagnostics().size() >= max_diagnostics;
}

void State::begin_declaration() {
  nesting = 0;
  parentheses = 0;
  in_bullet = false;
  seen_.clear();
}

void State::note_clause(std::string_view name, Span at) {
  auto const found = std::find_if(seen_.begin(), seen_.end(), [&](SeenClause const& c) { return c.name == name; });
  if (found == seen_.end())
    seen_.push_back({name, at});
  else
    sink()
        .report(Code::clause_stands_twice, at, "`{}` stands twice in this declaration", sink_->sources().text(at))
        .related(found->at, "first here");
}

/// Mistakes that have a code of their own wherever they stop the parser.
bool State::report_known_mistake(Tokens::const_iterator at) {
  if (at->kind == TokenKind::bad) return true;
  if (at->kind == TokenKind::bullet) {
    sink()
        .report(Code::stray_bullet, at->at, "a `-` that begins a line is a bullet, and there is no list here")
        .help("a minus stands at the end of the line above; for a negative number write `0 - 2`");
    return true;
  }
  if (at->is_symbol("*") || at->is_symbol("/")) {
    sink()
        .report(Code::arithmetic_not_linear, at->at, "`{}` cannot stand here", at->source)
        .help("a number stands before `*`, as in `2 * points`; there is no division");
    return true;
  }
  return false;
}

void State::report_expected(Tokens::const_iterator at, std::string const& what) {
  if (report_known_mistake(at)) return;
  SourceMap const& sources = sink_->sources();
  std::string const found = shown(*at, sources);
  auto entry = is_first(at) ? sink().report(Code::something_expected, at->at, "expected {}, found {}", what, found)
                            : sink().report(Code::something_expected, at->at, "expected {} after {}, found {}", what,
                                            shown_before(*tokens_, at, sources), found);
  if (at->kind != TokenKind::word) return;
  if (auto const word = meant(at->source, what))
    entry.help("did you mean `{}`?", *word).replace_with(std::string(*word));
  else if (at->keyword)
    entry.help("`{}` is a word of the language", at->source);
}

void State::report_stray(Tokens::const_iterator at, std::string_view declaration) {
  if (report_known_mistake(at)) return;
  std::string const found = shown(*at, sink_->sources());
  if (at->kind != TokenKind::word) {
    sink().report(Code::something_expected, at->at, "expected a clause or a declaration, found {}", found);
    return;
  }
  auto entry = declaration.empty()
                   ? sink().report(Code::unknown_clause, at->at, "{} begins no declaration", found)
                   : sink().report(Code::unknown_clause, at->at, "{} begins no clause of `{}`, and no declaration",
                                   found, declaration);
  std::vector<std::string_view> candidates = clauses_of(declaration);
  candidates.insert(candidates.end(), declaration_words.begin(), declaration_words.end());
  if (!declaration.empty() && !at->first_on_line) candidates.insert(candidates.end(), {"and", "or"});
  if (auto const word = nearest(at->source, candidates))
    entry.help("did you mean `{}`?", *word).replace_with(std::string(*word));
}

void State::report_mixed(std::vector<ast::ExprPtr> const& parts, std::vector<Token const*> const& operators) {
  SourceMap const& sources = sink_->sources();
  std::string const reading_and = reading(sources, parts, operators, "and");
  std::string const reading_or = reading(sources, parts, operators, "or");
  sink_
      ->report(Code::and_or_mixed, cover(parts.front()->at, parts.back()->at),
               "`and` and `or` are mixed without parentheses")
      .help("write `{}` or `{}`", reading_and, reading_or);
}

}  // namespace carestep::parse
