#pragma once

#include <carestep/assessment.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "data/raw_names.hpp"
#include "program/assessment_access.hpp"
#include "program/program.hpp"

namespace carestep::data {

/// Reads the assessments that are written the way programs write them: no escapes, no newline, no exponents. It knows
/// what is right, not what is wrong: whatever it does not recognise is for the thorough reader, which then reads it
/// from the start and says why it is refused. What both read, they read alike.
///
/// Cost     does not allocate once it has seen the longest list of days.
/// Threads  one at a time.
class RegularReader {
 public:
  explicit RegularReader(std::shared_ptr<program::Program const> program);

  /// Behind `json` stands a zero or a line break, perhaps after blanks, and `raw::reach` more bytes that may be read.
  ///
  /// Returns  whether `assessment` and `id` are now what was read; else they are nothing.
  bool read(std::string_view json);

  [[nodiscard]] Assessment const& assessment() const { return assessment_; }
  /// As it stands in the text that was read; empty for none.
  [[nodiscard]] std::string_view id() const { return id_; }

 private:
  enum class TopKey : std::uint8_t;
  enum class PartKey : std::uint8_t;

  /// What is read next; null once something was not recognised.
  using At = char const*;
  using CodeType = program::AnswerCode;

  /// How the answers to one input look, and which codes they have.
  struct Form : program::InputForm {
    std::uint32_t values = 0;  // in values_
    [[nodiscard]] std::uint32_t first(bool previous) const { return previous ? first_previous_var : first_var; }
  };
  /// A day that waits for the assessment date.
  struct PendingDay {
    std::size_t place = 0;  // in the codes, or in the days of answers
    std::int32_t day = 0;
    bool on = false;
  };
  /// An answer: its input and whether it is the previous one.
  struct Asked {
    std::uint32_t input = 0;
    bool previous = false;
  };

  void forget();
  bool settle();

  At object(At at);
  At top_field(At at, TopKey key);
  At id(At at);
  At assessment_date(At at);
  At built_in(At at, ir::VarId var);
  At section(At at, bool previous);
  At answer(At at, Asked asked);
  At bare(At at, Form const& form, Asked asked);
  At named(At at, Form const& form, CodeType& code) const;
  static At number(At at, Form const& form, CodeType& code);
  static At yes_no(At at, CodeType& code);
  At date(At at, Form const& form, Asked asked);
  static At day(At at, std::int32_t& day);
  At set(At at, Form const& form, Asked asked);
  At members(At at, Form const& form, Asked asked, CodeType present);
  At partly_known(At at, Form const& form, Asked asked);
  At answer_object(At at, Form const& form, Asked asked);
  At part(At at, Form const& form, Asked asked, PartKey key);
  At answered_on(At at, Asked asked);
  At reason(At at, Asked asked);
  At unavailable(At at);
  template <class Field>
  static At fields(At at, RawKeys& keys, Field field);
  template <class Item>
  static At items(At at, Item item);

  [[nodiscard]] std::size_t record(Asked asked) const {
    return asked.previous ? forms_.size() + asked.input : asked.input;
  }

  std::shared_ptr<program::Program const> program_;
  std::vector<Form> forms_;  // as Model::inputs
  std::vector<RawValues> values_;
  RawValues levels_;
  RawValues reasons_;
  RawKeys top_keys_;
  RawKeys part_keys_;
  std::array<RawKeys, 2> answer_keys_;  // now and previous; the built-in inputs are not among them

  Assessment assessment_;
  std::span<CodeType> codes_;
  std::string_view id_;
  bool dated_ = false;
  std::vector<PendingDay> pending_;
  std::vector<std::uint32_t> answered_;  // the section that answered an input last, by number
  std::uint32_t sections_ = 0;
  std::array<std::uint64_t, 2> last_date_text_{};  // of the assessment date, which is often the same again
  Date last_date_;
};

}  // namespace carestep::data
