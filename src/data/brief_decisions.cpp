#include "data/brief_decisions.hpp"

#include "data/write_decision.hpp"
#include "data/write_id.hpp"

namespace carestep::data {

std::string const& BriefDecisions::text_of(Decision const& decision) {
  Shown const shown{decision.status,    decision.move,  decision.next,
                    decision.indicated, decision.marks, decision.possible_next};
  std::uint64_t key = shown.possible_next.bits << 1U | std::uint64_t{shown.possible_next.none};
  for (unsigned const part : {unsigned(shown.status), unsigned(shown.move), unsigned(shown.next_level.index + 1),
                              unsigned(shown.indicated_level.index + 1), unsigned(shown.marks.bits)})
    key = key * 31 + part;
  Kept& kept = kept_[(key * 0x9E3779B97F4A7C15U) >> 56U];
  if (kept.text.empty() || kept.shown != shown) {
    kept.shown = shown;
    kept.text = write_decision(*model_, {}, decision, {{}, true, {}}).substr(1);
  }
  return kept.text;
}

void BriefDecisions::append(std::string& out, Decision const& decision, std::string_view id) {
  std::string const& text = text_of(decision);
  if (id.empty()) {
    out += '{';
  } else if (is_json_id(id)) {
    out += R"({"id":)";
    out += id;
    out += ',';
  } else {
    JsonWriter json(std::move(out));
    write_id(json.object(), id);
    out = json.take() + ',';
  }
  out += text;
}

}  // namespace carestep::data
