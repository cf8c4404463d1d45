#include "format/format.hpp"

#include <algorithm>
#include <type_traits>

#include "format/comments.hpp"
#include "format/families.hpp"
#include "format/layout.hpp"
#include "format/tokens.hpp"
#include "format/writer.hpp"

namespace carestep {
namespace format {
namespace {

bool is_bare(ast::InputDecl const& input) {
  return !input.ask && !input.help && input.codes.empty() && !input.direction && !input.valid_for && !input.assume &&
         input.cites.empty();
}

/// The declarations that may follow each other without a blank line, if the author wrote none.
enum class Family : std::uint8_t { none, use, source, list, service, level, input, criterion, move, waive };

struct FamilyOf {
  Family operator()(ast::UseDecl const&) const { return Family::use; }
  Family operator()(ast::SourceDecl const&) const { return Family::source; }
  Family operator()(ast::ServiceDecl const&) const { return Family::service; }
  Family operator()(ast::LevelDecl const&) const { return Family::level; }
  Family operator()(ast::ListDecl const&) const { return Family::list; }
  Family operator()(ast::InputDecl const& input) const { return is_bare(input) ? Family::input : Family::none; }
  Family operator()(ast::CriterionDecl const&) const { return Family::criterion; }
  Family operator()(ast::StepDecl const&) const { return Family::move; }
  Family operator()(ast::DischargeDecl const&) const { return Family::move; }
  Family operator()(ast::WaiveDecl const&) const { return Family::waive; }
  Family operator()(ast::RulesetDecl const&) const { return Family::none; }
  Family operator()(ast::LevelsDecl const&) const { return Family::none; }
  Family operator()(ast::ImpossibleDecl const&) const { return Family::none; }
  Family operator()(ast::FactDecl const&) const { return Family::none; }
  Family operator()(ast::GradeDecl const&) const { return Family::none; }
  Family operator()(ast::ScoreDecl const&) const { return Family::none; }
  Family operator()(ast::RuleDecl const&) const { return Family::none; }
  Family operator()(ast::TableDecl const&) const { return Family::none; }
  Family operator()(ast::TreeDecl const&) const { return Family::none; }
  Family operator()(ast::GuaranteeDecl const&) const { return Family::none; }
  Family operator()(ast::ExampleDecl const&) const { return Family::none; }
};

bool may_touch(ast::Decl const& above, ast::Decl const& below) {
  Family const family = std::visit(FamilyOf{}, above.kind);
  return family != Family::none && family == std::visit(FamilyOf{}, below.kind);
}

bool has_blank_line(std::string_view text) {
  int breaks = 0;
  for (char c : text) {
    if (c == '\n' && ++breaks == 2) return true;
    if (c != '\n' && c != ' ' && c != '\t' && c != '\r') breaks = 0;
  }
  return false;
}

/// The formatted text of one file in the making.
class FileText {
 public:
  FileText(ast::File const& file, std::string_view source) : file_(file), tokens_(source) {
    for (ast::Decl const& decl : file.decls) begins_.push_back(decl.at.begin);
  }

  [[nodiscard]] std::string format() {
    std::vector<std::vector<Item>> const written = write_all();
    Comments const comments(file_, tokens_, segments(written), begins_);
    for (std::size_t i = 0; i < written.size(); ++i) {
      put_gap(comments.gap(i), i);
      print(written[i], begins_[i], comments, out_);
    }
    put_gap(comments.gap(written.size()), written.size());
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<std::vector<Item>> write_all() const {
    std::vector<std::vector<Item>> written;
    while (written.size() < file_.decls.size()) {
      std::size_t const begin = written.size();
      std::size_t end = begin + 1;
      while (end < file_.decls.size() && stand_together(end)) ++end;
      Columns const shared = shared_columns(begin, end);
      for (std::size_t i = begin; i < end; ++i) written.push_back(write_one(file_.decls[i], shared));
    }
    return written;
  }

  [[nodiscard]] std::vector<Item> write_one(ast::Decl const& decl, Columns shared) const {
    Writer writer(tokens_, shared);
    std::visit([&](auto const& kind) { write(writer, kind); }, decl.kind);
    return writer.items();
  }

  /// No blank line parts declaration `below` from the one before it, which is of the same kind.
  [[nodiscard]] bool stand_together(std::size_t below) const {
    std::size_t const token = tokens_.count_before(begins_[below]);
    std::uint32_t const above_end = tokens_[token - 1].end;
    return file_.decls[below].kind.index() == file_.decls[below - 1].kind.index() &&
           !has_blank_line(tokens_.source().substr(above_end, begins_[below] - above_end));
  }

  [[nodiscard]] Columns shared_columns(std::size_t begin, std::size_t end) const {
    Columns shared;
    for (std::size_t i = begin; i < end; ++i) {
      Columns const own = columns(file_.decls[i]);
      shared.name = std::max(shared.name, own.name);
      shared.label = std::max(shared.label, own.label);
    }
    return shared;
  }

  [[nodiscard]] std::vector<std::uint32_t> segments(std::vector<std::vector<Item>> const& written) const {
    std::vector<std::uint32_t> segments = begins_;
    for (std::vector<Item> const& items : written)
      for (Item const& item : items) {
        if (auto const* space = std::get_if<Space>(&item)) segments.push_back(space->segment);
        if (auto const* line = std::get_if<Line>(&item)) segments.push_back(line->segment);
      }
    std::sort(segments.begin(), segments.end());
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
  }

  /// The comments and blank lines before declaration `below`, or behind the last one.
  void put_gap(Gap const& gap, std::size_t below) {
    for (std::string const& comment : gap.tail) out_ += "  " + comment + '\n';
    bool const between = below > 0 && below < file_.decls.size();
    bool blank = between && !may_touch(file_.decls[below - 1], file_.decls[below]);
    for (LooseComment const& comment : gap.comments) {
      put_blank_line(blank || comment.blank_before);
      blank = false;
      out_ += comment.text + '\n';
    }
    if (below < file_.decls.size()) put_blank_line(blank || gap.blank_before_next);
  }

  void put_blank_line(bool wanted) {
    if (wanted && !out_.empty()) out_ += '\n';
  }

  ast::File const& file_;
  Tokens tokens_;
  std::vector<std::uint32_t> begins_;
  std::string out_;
};

}  // namespace
}  // namespace format

std::string format_file(ast::File const& file, SourceMap const& sources) {
  return format::FileText(file, sources.file(file.index).text()).format();
}

}  // namespace carestep
