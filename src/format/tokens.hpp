#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace carestep::format {

/// One word, number, text or single punctuation mark of the source: bytes [begin, end).
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Where the tokens of a source text are. The tree says where names and values stand but not every keyword and comma;
/// comments are placed by the tokens around them, so the formatter looks the missing places up here.
class Tokens {
 public:
  explicit Tokens(std::string_view source);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] Token operator[](std::size_t index) const { return tokens_[index]; }
  [[nodiscard]] std::string_view source() const { return source_; }
  /// The number of tokens that begin before `offset`.
  [[nodiscard]] std::size_t count_before(std::uint32_t offset) const;
  /// Where the nearest `word` at or before `offset` begins; `offset` itself when there is none.
  [[nodiscard]] std::uint32_t find_back(std::string_view word, std::uint32_t offset) const;

 private:
  std::string_view source_;
  std::vector<Token> tokens_;
};

}  // namespace carestep::format
