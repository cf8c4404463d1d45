#include "check/names.hpp"

#include <algorithm>

#include "base/nearest.hpp"
#include "check/context.hpp"

namespace carestep::checking {

Names::Names() {
  symbols_.emplace("current_level",
                   Symbol{.kind = NameKind::input, .sort = "input", .index = 0, .at = {}, .built_in = true});
  symbols_.emplace("days_in_level",
                   Symbol{.kind = NameKind::input, .sort = "input", .index = 1, .at = {}, .built_in = true});
}

void Names::declare(Symbol symbol, ast::Word const& name, Sink& sink) {
  symbol.at = name.at;
  auto const [it, fresh] = symbols_.emplace(name.text, symbol);
  if (fresh) return;
  Symbol const& first = it->second;
  if (first.built_in) {
    sink.report(Code::name_declared_twice, name.at, "`{}` is built into every ruleset", name.text)
        .help("choose another name");
    return;
  }
  sink.report(Code::name_declared_twice, name.at, "`{}` is declared twice", name.text)
      .help("choose another name for one of them: inputs, facts, rules, levels and all others share one space of names")
      .related(first.at, "first declared here, as {}", with_article(first.sort));
}

Symbol const* Names::find(std::string_view name) const {
  auto const it = symbols_.find(name);
  return it == symbols_.end() ? nullptr : &it->second;
}

std::vector<std::string_view> Names::of_kinds(std::vector<NameKind> const& kinds) const {
  std::vector<std::string_view> names;
  for (auto const& [name, symbol] : symbols_)
    if (std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end()) names.push_back(name);
  return names;
}

std::string with_article(std::string_view noun) {
  bool const vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

bool may_suggest(Context const& ctx) {
  constexpr std::size_t most_suggestions = 100;
  return ctx.reported() <= most_suggestions;
}

void suggest(Context const& ctx, Sink::Entry entry, std::string_view word,
             std::vector<std::string_view> const& candidates, std::string_view otherwise) {
  auto const best = may_suggest(ctx) ? nearest(word, candidates) : std::nullopt;
  if (best)
    entry.help("did you mean `{}`?", *best).replace_with(std::string(*best));
  else if (!otherwise.empty())
    entry.help("{}", otherwise);
}

namespace {

/// Numbers the names of each kind in the order in which they are declared.
class Collector {
 public:
  explicit Collector(Context& ctx) : ctx_(ctx) {}

  void operator()(ast::SourceDecl const& decl) { declare(NameKind::source, "source", decl.heading.name, sources_++); }
  void operator()(ast::ServiceDecl const& decl) {
    declare(NameKind::service, "service", decl.heading.name, services_++);
  }
  void operator()(ast::InputDecl const& decl) { declare(NameKind::input, "input", decl.heading.name, inputs_++); }
  void operator()(ast::ListDecl const& decl) { declare(NameKind::list, "list", decl.name, lists_++); }
  void operator()(ast::FactDecl const& decl) { define("fact", decl.heading.name); }
  void operator()(ast::GradeDecl const& decl) { define("grade", decl.heading.name); }
  void operator()(ast::ScoreDecl const& decl) { define("score", decl.heading.name); }
  void operator()(ast::CriterionDecl const& decl) {
    if (decl.as_name) define("criterion", *decl.as_name);
  }
  void operator()(ast::RuleDecl const& decl) { declare(NameKind::rule, "rule", decl.heading.name, rules_++); }
  void operator()(ast::TableDecl const& decl) { declare(NameKind::rule, "table", decl.heading.name, rules_++); }
  void operator()(ast::TreeDecl const& decl) { declare(NameKind::rule, "tree", decl.heading.name, rules_++); }
  void operator()(ast::GuaranteeDecl const& decl) {
    declare(NameKind::guarantee, "guarantee", decl.heading.name, guarantees_++);
  }
  void operator()(ast::ImpossibleDecl const& decl) {
    declare(NameKind::impossible, "impossible", decl.heading.name, impossibles_++);
  }
  void operator()(ast::LevelsDecl const& decl) {
    if (levels_seen_) return;  // a second `levels` line is reported where levels are read
    levels_seen_ = true;
    for (std::size_t i = 0; i < decl.names.size(); ++i) declare(NameKind::level, "level", decl.names[i], i);
  }
  void operator()(ast::RulesetDecl const&) {}
  void operator()(ast::UseDecl const&) {}
  void operator()(ast::LevelDecl const&) {}
  void operator()(ast::StepDecl const&) {}
  void operator()(ast::DischargeDecl const&) {}
  void operator()(ast::WaiveDecl const&) {}
  void operator()(ast::ExampleDecl const&) {}

 private:
  void define(std::string_view sort, ast::Word const& name) {
    declare(NameKind::definition, sort, name, definitions_++);
  }
  void declare(NameKind kind, std::string_view sort, ast::Word const& name, std::size_t index) {
    ctx_.names.declare({.kind = kind, .sort = sort, .index = index, .at = {}}, name, ctx_.sink);
  }

  Context& ctx_;
  std::size_t inputs_ = 2;  // behind the two built-in ones
  std::size_t lists_ = 0;
  std::size_t definitions_ = 0;
  std::size_t rules_ = 0;
  std::size_t services_ = 0;
  std::size_t sources_ = 0;
  std::size_t guarantees_ = 0;
  std::size_t impossibles_ = 0;
  bool levels_seen_ = false;
};

}  // namespace

bool Unread::has(std::string_view name) const {
  return files || words.contains(name.substr(0, name.find('.')));
}

namespace {

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

void take_words(std::string_view text, Unread& unread) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && in_word(text[i])) continue;
    if (i > begin) unread.words.emplace(text.substr(begin, i - begin));
    begin = i + 1;
  }
}

/// Files that could not be read have codes of their own family.
bool about_files(Diagnostic const& diagnostic) {
  return diagnostic.code.starts_with("E00");
}

}  // namespace

Unread find_unread(ast::Bundle const& bundle, Sink const& sink) {
  Unread unread;
  if (!sink.failed()) return unread;
  unread.files = std::any_of(sink.diagnostics().begin(), sink.diagnostics().end(), about_files);
  for (ast::File const& file : bundle.files) {
    std::string_view const text = sink.sources().file(file.index).text();
    std::size_t next = 0;
    for (ast::Decl const& decl : file.decls) {
      if (decl.at.begin > next) take_words(text.substr(next, decl.at.begin - next), unread);
      next = std::max<std::size_t>(next, decl.at.end);
    }
    take_words(text.substr(std::min(next, text.size())), unread);
  }
  return unread;
}

void collect_names(Context& ctx) {
  Collector collector(ctx);
  for (ast::File const& file : ctx.bundle.files)
    for (ast::Decl const& decl : file.decls) std::visit(collector, decl.kind);
}

Symbol const* resolve(Context& ctx, ast::Word const& name, std::vector<NameKind> const& kinds, std::string_view wanted,
                      Use use, std::string_view otherwise) {
  Symbol const* symbol = ctx.names.find(name.text);
  if (symbol == nullptr) {
    if (ctx.unread.has(name.text)) return nullptr;
    suggest(ctx, ctx.sink.report(Code::unknown_name, name.at, "unknown {} `{}`", wanted, name.text), name.text,
            may_suggest(ctx) ? ctx.names.of_kinds(kinds) : std::vector<std::string_view>(), otherwise);
    return nullptr;
  }
  if (std::find(kinds.begin(), kinds.end(), symbol->kind) == kinds.end()) {
    auto entry = ctx.sink.report(Code::wrong_kind_of_name, name.at, "`{}` is {}, not {}", name.text,
                                 with_article(symbol->sort), with_article(wanted));
    if (!symbol->built_in) entry.related(symbol->at, "declared here");
    return nullptr;
  }
  if (use == Use::reads) symbol->used = true;
  return symbol;
}

}  // namespace carestep::checking
