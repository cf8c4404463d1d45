#include <carestep/diagnostic.hpp>

#include <doctest/doctest.h>

using carestep::Diagnostic;
using carestep::Diagnostics;
using carestep::Severity;

namespace {

Diagnostic unknown_input() {
  Diagnostic d;
  d.code = "E0203";
  d.message = "unknown input `withdrawal_rsk`";
  d.place = {"my rules.care", 7, 8, 7, 22, "  when withdrawal_rsk is severe"};
  d.help = "did you mean `withdrawal_risk`?";
  d.replacement = "withdrawal_risk";
  return d;
}

Diagnostic at(std::string line, std::uint32_t column, std::uint32_t end_line, std::uint32_t end_column) {
  Diagnostic d;
  d.code = "W0101";
  d.severity = Severity::warning;
  d.message = "m";
  d.place = {"f", 12, column, end_line, end_column, std::move(line)};
  return d;
}

}  // namespace

TEST_CASE("text shows the line, carets under the span, and the help") {
  CHECK(carestep::diagnostics_text({unknown_input()}) ==
        "error[E0203]: unknown input `withdrawal_rsk`\n"
        " --> my rules.care:7:8\n"
        "  |\n"
        "7 |   when withdrawal_rsk is severe\n"
        "  |        ^^^^^^^^^^^^^^\n"
        "  = help: did you mean `withdrawal_risk`?\n");
}

TEST_CASE("text shows related places with the same gutter") {
  Diagnostic d = at("input b", 7, 12, 8);
  d.related.push_back({"first declared here", {"f", 3, 7, 3, 8, "input b"}});
  CHECK(carestep::diagnostics_text({d}) ==
        "warning[W0101]: m\n"
        "  --> f:12:7\n"
        "   |\n"
        "12 | input b\n"
        "   |       ^\n"
        "note: first declared here\n"
        "  --> f:3:7\n"
        "   |\n"
        " 3 | input b\n"
        "   |       ^\n");
}

TEST_CASE("carets count code points, widen with tabs, and stay on the line") {
  auto const carets = [](Diagnostic const& d) {
    std::string const text = carestep::diagnostics_text({d});
    std::size_t const last = text.rfind('\n', text.size() - 2) + 1;
    return text.substr(last, text.size() - last - 1);
  };
  CHECK(carets(at("é \"ü\" x", 7, 12, 8)) == "   |       ^");
  CHECK(carets(at("\twhen x", 7, 12, 8)) == "   |          ^");
  CHECK(carets(at("a\tb", 1, 12, 4)) == "   | ^^^^^^");
  CHECK(carets(at("when (a", 6, 14, 2)) == "   |      ^^");  // goes on below
  CHECK(carets(at("when", 5, 12, 5)) == "   |     ^");       // behind the end
  CHECK(carets(at("", 1, 12, 1)) == "   | ^");
}

TEST_CASE("text never passes control characters on to a terminal") {
  Diagnostic d = at("a \x1b[2J b \xE2\x80\xAE c \xFF", 1, 12, 2);
  d.message = "unknown `\x1b]0;x\x07`";
  std::string const text = carestep::diagnostics_text({d});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(text.find('\xFF') == std::string::npos);
}

TEST_CASE("a diagnostic about a whole file has no snippet") {
  Diagnostic d;
  d.code = "E0001";
  d.message = "cannot read `x.care`";
  d.place.file = "x.care";
  CHECK(carestep::diagnostics_text({d}) == "error[E0001]: cannot read `x.care`\n --> x.care\n");
}

TEST_CASE("colour only when asked for") {
  CHECK(carestep::diagnostics_text({unknown_input()}, true).find("\x1b[1;31merror[E0203]") == 0);
}

TEST_CASE("json has the documented keys in order") {
  Diagnostic d = unknown_input();
  d.related.push_back({"first \"here\"", {"g", 3, 7, 3, 8, ""}});
  CHECK(carestep::diagnostics_json({d}) ==
        R"({"diagnostics":[{"code":"E0203","severity":"error","message":"unknown input `withdrawal_rsk`",)"
        R"("file":"my rules.care","line":7,"column":8,"end_line":7,"end_column":22,)"
        R"("help":"did you mean `withdrawal_risk`?",)"
        R"("related":[{"message":"first \"here\"","file":"g","line":3,"column":7}]}]})");
  CHECK(carestep::diagnostics_json({}) == R"({"diagnostics":[]})");
}

TEST_CASE("sarif has regions in code points, escaped addresses and fixes") {
  std::string const sarif = carestep::diagnostics_sarif({unknown_input(), at("x", 1, 12, 2), unknown_input()});
  CHECK(sarif.find(R"("version":"2.1.0")") != std::string::npos);
  CHECK(sarif.find(R"("columnKind":"unicodeCodePoints")") != std::string::npos);
  CHECK(sarif.find(R"("uri":"my%20rules.care")") != std::string::npos);
  CHECK(sarif.find(R"("startLine":7,"startColumn":8,"endLine":7,"endColumn":22)") != std::string::npos);
  CHECK(sarif.find(R"("insertedContent":{"text":"withdrawal_risk"})") != std::string::npos);
  CHECK(sarif.find(R"({"ruleId":"W0101","ruleIndex":1,"level":"warning")") != std::string::npos);
  CHECK(sarif.find(R"("rules":[{"id":"E0203")") != std::string::npos);
}
