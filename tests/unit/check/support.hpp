#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "ir/print.hpp"
#include "parse/parse.hpp"

namespace carestep {

/// A ruleset read from texts, with all that must outlive its model.
struct Checked {
  SourceMap sources;
  ast::Bundle bundle;
  Diagnostics diagnostics;
  std::optional<ir::Model> model;
};

inline std::unique_ptr<Checked> check_texts(std::vector<std::string> const& texts) {
  auto checked = std::make_unique<Checked>();
  for (std::size_t i = 0; i < texts.size(); ++i)
    checked->sources.add(i == 0 ? "rules.care" : "part" + std::to_string(i) + ".care", texts[i]);
  Sink sink(checked->sources);
  for (std::uint32_t i = 0; i < texts.size(); ++i)
    checked->bundle.files.push_back(parse_file(checked->sources, i, sink));
  checked->model = check(checked->bundle, sink);
  checked->diagnostics = sink.take();
  return checked;
}

inline std::unique_ptr<Checked> check_text(std::string const& text) {
  return check_texts({text});
}

/// `E0203 at 7:8, W0101 at 3:1`
inline std::string codes(Checked const& checked) {
  std::string text;
  for (Diagnostic const& one : checked.diagnostics)
    text += (text.empty() ? "" : ", ") + one.code + " at " + std::to_string(one.place.line) + ":" +
            std::to_string(one.place.column);
  return text;
}

/// The errors alone.
inline std::string errors(Checked const& checked) {
  Checked only;
  for (Diagnostic const& one : checked.diagnostics)
    if (one.severity == Severity::error) only.diagnostics.push_back(one);
  return codes(only);
}

/// A ruleset with an input of every type; what a test adds starts at line 1 of a second file.
inline std::string const sample = R"(ruleset sample
levels outpatient < iop < php < residential
service nursing
service therapy
level iop offers therapy
level residential offers nursing, therapy
source minutes "Minutes"
input yn yes/no
input other yes/no
input risk scale low < moderate < high < imminent higher is worse
input support scale good < fair < poor lower is worse
input mild scale none < some < much
input same_list scale low < moderate < high < imminent
input drug one of alcohol, opioid, other_drug
input conditions any of depression, anxiety, ptsd
input phq9 number 0 to 27 higher is worse
input gaf number 10 to 100 step 0.5 lower is worse
input attendance number 0 to 1 step 0.01
input awake number 0 to 240 of hours
input tenure number 0 to 52 of weeks
input dose number 0 to 100 of "mg"
input weight number 0 to 300 of kg
input seen date
input used date or never
fact serious when conditions includes any of (depression, ptsd)
grade mood calm < low_mood < poor_mood
  poor_mood when phq9 >= 20
  low_mood when phq9 >= 10
  calm otherwise
score points = 2 * count of (yn, other) + phq9
list flags = yn, other, serious
list risks = risk, same_list
rule everyone then at least outpatient
)";

/// The errors that a declaration makes in the sample, with places in it.
inline std::string errors_of(std::string const& declaration) {
  return errors(*check_texts({sample, declaration}));
}

/// The errors that a condition makes, with columns in it.
inline std::string errors_in(std::string const& condition) {
  auto const checked = check_texts({sample, "rule r when\n" + condition + "\nthen at least iop"});
  std::string text;
  for (Diagnostic const& one : checked->diagnostics)
    if (one.severity == Severity::error)
      text += (text.empty() ? "" : ", ") + one.code + ":" + std::to_string(one.place.column);
  return text;
}

/// The node that a condition becomes, printed; the errors when there are some.
inline std::string lowered(std::string const& condition) {
  auto const checked = check_texts({sample, "rule r when\n" + condition + "\nthen at least iop"});
  if (!checked->model) return codes(*checked);
  return ir::print(*checked->model, checked->model->rules.back().when.node);
}

}  // namespace carestep
