#pragma once

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace carestep::sample {

/// What is wrong with a text as XML: elements that do not close in order, attributes without quotes, bare `<` or `&`.
/// Empty when nothing is. A document type is passed over, so that our pages can be held to it too.
class WellFormed {
 public:
  static std::string problem(std::string_view text) { return WellFormed(text).check(); }

 private:
  explicit WellFormed(std::string_view text) : text_(text) {}

  std::string check() {
    if (text_.substr(0, 9) == "<!DOCTYPE") at_ = text_.find('>') + 1;
    while (at_ < text_.size() && problem_.empty()) {
      if (text_[at_] == '<') {
        tag();
      } else if (text_[at_] == '&') {
        entity();
      } else {
        character();
      }
    }
    if (problem_.empty() && !open_.empty()) problem_ = "not closed: " + open_.back();
    return problem_;
  }

  void fail(std::string what) {
    if (problem_.empty())
      problem_ = what + " at byte " + std::to_string(at_) + ": " + std::string(text_.substr(at_, 40));
  }
  [[nodiscard]] bool more() const { return at_ < text_.size(); }

  void character() {
    auto const c = static_cast<unsigned char>(text_[at_]);
    if (c < 0x20 && c != '\n' && c != '\t') return fail("control character");
    ++at_;
  }

  void entity() {
    std::size_t const end = text_.find(';', at_);
    std::string_view const name = end == std::string_view::npos ? "" : text_.substr(at_ + 1, end - at_ - 1);
    for (std::string_view known : {"amp", "lt", "gt", "quot", "#39"}) {
      if (name == known) {
        at_ = end + 1;
        return;
      }
    }
    fail("bare &");
  }

  std::string name() {
    std::size_t const from = at_;
    while (more() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '-' || text_[at_] == ':'))
      ++at_;
    return std::string(text_.substr(from, at_ - from));
  }
  void blanks() {
    while (more() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  void tag() {
    ++at_;
    bool const closing = more() && text_[at_] == '/';
    if (closing) ++at_;
    std::string const element = name();
    if (element.empty()) return fail("bare <");
    if (closing) {
      if (open_.empty() || open_.back() != element) return fail("closes " + element);
      open_.pop_back();
      blanks();
    } else {
      attributes();
      bool const empty = more() && text_[at_] == '/';
      if (empty) {
        ++at_;
      } else {
        open_.push_back(element);
      }
    }
    if (!more() || text_[at_] != '>') return fail("tag without end");
    ++at_;
  }

  void attributes() {
    for (blanks(); more() && text_[at_] != '>' && text_[at_] != '/' && problem_.empty(); blanks()) {
      if (name().empty()) return fail("attribute without name");
      if (text_.substr(at_, 2) != "=\"") return fail("attribute without quotes");
      at_ += 2;
      while (more() && text_[at_] != '"' && problem_.empty()) {
        if (text_[at_] == '<') return fail("< in an attribute");
        if (text_[at_] == '&') {
          entity();
        } else {
          character();
        }
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string problem_;
};

inline std::size_t count_of(std::string_view text, std::string_view wanted) {
  std::size_t count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

/// Texts that break naive writers.
inline std::vector<std::string> const& hostile_texts() {
  static std::vector<std::string> const texts{
      "</text><script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "' onload='alert(1)",
      "a & b < c > d",
      "]]> <!-- --> <![CDATA[",
      "](javascript:alert(1)) | `code` | **x**",
      "line\nbreak\ttab\x01\x7f",
      "\xff\xfe broken \xc3",
      "#lt;b#gt; %%{init}%% ; end",
      "Ω≈ç√ 漢字かな العربية 🙂",
  };
  return texts;
}

}  // namespace carestep::sample
