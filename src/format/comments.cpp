#include "format/comments.hpp"

#include <algorithm>
#include <string_view>

namespace carestep::format {
namespace {

std::string clean(std::string_view comment) {
  std::string text(comment.substr(0, comment.find_last_not_of(" \t\r") + 1));
  std::replace(text.begin(), text.end(), '\t', ' ');
  return text;
}

std::uint32_t column(std::string_view source, std::uint32_t offset) {
  std::size_t const line_break = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
  return line_break == std::string_view::npos ? offset : offset - static_cast<std::uint32_t>(line_break) - 1;
}

/// Where a comment goes, by the tokens on both sides of it.
class Neighbours {
 public:
  Neighbours(ast::File const& file, Tokens const& tokens, std::vector<std::uint32_t> const& segments,
             std::vector<std::uint32_t> const& decls)
      : comments_(file.comments), tokens_(tokens), segments_(segments), decls_(decls) {}

  [[nodiscard]] std::string_view source() const { return tokens_.source(); }

  [[nodiscard]] bool follows_nothing(std::uint32_t offset) const { return tokens_.count_before(offset) == 0; }

  [[nodiscard]] bool precedes_nothing(std::uint32_t offset) const {
    return tokens_.count_before(offset) == tokens_.size();
  }

  /// The segment of the last token before `offset`.
  [[nodiscard]] std::uint32_t segment_before(std::uint32_t offset) const {
    return segment_of(tokens_[tokens_.count_before(offset) - 1].begin);
  }

  /// The segment of the first token behind `offset`.
  [[nodiscard]] std::uint32_t segment_behind(std::uint32_t offset) const {
    return segment_of(tokens_[tokens_.count_before(offset)].begin);
  }

  /// The declaration that begins next after `offset`, or the number of declarations.
  [[nodiscard]] std::size_t decl_behind(std::uint32_t offset) const {
    return static_cast<std::size_t>(std::lower_bound(decls_.begin(), decls_.end(), offset) - decls_.begin());
  }

  [[nodiscard]] bool begins_decl(std::uint32_t segment) const {
    return std::binary_search(decls_.begin(), decls_.end(), segment);
  }

  /// Nothing but blanks, with a blank line among them, stands between `offset` and what comes before it.
  [[nodiscard]] bool blank_line_before(std::uint32_t offset) const {
    std::uint32_t const previous = end_before(offset);
    if (previous == 0) return false;
    std::string_view const blanks = source().substr(previous, offset - previous);
    return std::count(blanks.begin(), blanks.end(), '\n') > 1;
  }

  /// Indented deeper than the declaration that it follows, so it is part of it.
  [[nodiscard]] bool closes_decl(std::uint32_t offset) const {
    std::size_t const behind = decl_behind(offset);
    return behind > 0 && column(source(), offset) > column(source(), decls_[behind - 1]) && !blank_line_before(offset);
  }

 private:
  [[nodiscard]] std::uint32_t segment_of(std::uint32_t token) const {
    auto const next = std::upper_bound(segments_.begin(), segments_.end(), token);
    return next == segments_.begin() ? segments_.front() : *(next - 1);
  }

  [[nodiscard]] std::uint32_t end_before(std::uint32_t offset) const {
    std::size_t const tokens = tokens_.count_before(offset);
    std::uint32_t end = tokens == 0 ? 0 : tokens_[tokens - 1].end;
    auto const next = std::lower_bound(comments_.begin(), comments_.end(), offset,
                                       [](ast::Comment const& c, std::uint32_t at) { return c.at.begin < at; });
    if (next != comments_.begin()) end = std::max(end, (next - 1)->at.end);
    return end;
  }

  std::vector<ast::Comment> const& comments_;
  Tokens const& tokens_;
  std::vector<std::uint32_t> const& segments_;
  std::vector<std::uint32_t> const& decls_;
};

void add_between(Gap& gap, std::string text, std::uint32_t offset, Neighbours const& around) {
  if (gap.comments.empty() && around.closes_decl(offset)) {
    gap.tail.push_back(std::move(text));
  } else {
    gap.comments.push_back({std::move(text), around.blank_line_before(offset)});
  }
}

/// A comment from inside a declaration's first line comes to stand right before the declaration.
void add_before_decl(Gap& gap, std::string text) {
  gap.comments.push_back({std::move(text), gap.blank_before_next});
  gap.blank_before_next = false;
}

}  // namespace

Comments::Comments(ast::File const& file, Tokens const& tokens, std::vector<std::uint32_t> const& segments,
                   std::vector<std::uint32_t> const& decls)
    : gaps_(decls.size() + 1) {
  Neighbours const around(file, tokens, segments, decls);
  for (std::size_t i = 0; i < decls.size(); ++i) gaps_[i].blank_before_next = around.blank_line_before(decls[i]);

  for (ast::Comment const& comment : file.comments) {
    std::uint32_t const at = comment.at.begin;
    std::string text = clean(tokens.source().substr(at, comment.at.end - at));
    bool const first = decls.empty() || around.follows_nothing(at);
    bool const last = around.precedes_nothing(at);
    if (first || last) {
      if (!first && !comment.own_line) {
        trailing_[around.segment_before(at)] = std::move(text);
      } else {
        add_between(gaps_[around.decl_behind(at)], std::move(text), at, around);
      }
      continue;
    }
    std::uint32_t const before = around.segment_before(at);
    std::uint32_t const behind = around.segment_behind(at);
    if (before != behind && !comment.own_line) {
      trailing_[before] = std::move(text);
    } else if (!around.begins_decl(behind)) {
      leading_[behind].push_back(std::move(text));
    } else if (before != behind) {
      add_between(gaps_[around.decl_behind(at)], std::move(text), at, around);
    } else {
      add_before_decl(gaps_[around.decl_behind(at) - 1], std::move(text));
    }
  }
}

std::vector<std::string> const& Comments::leading(std::uint32_t segment) const {
  static std::vector<std::string> const none;
  auto const found = leading_.find(segment);
  return found == leading_.end() ? none : found->second;
}

std::string const* Comments::trailing(std::uint32_t segment) const {
  auto const found = trailing_.find(segment);
  return found == trailing_.end() ? nullptr : &found->second;
}

}  // namespace carestep::format
