#include <carestep/csv.hpp>

#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

using namespace carestep;

namespace {

constexpr char const* rules_text = R"(
ruleset sample
levels outpatient < iop < php
input sober_housing yes/no
input withdrawal_risk scale none < mild < severe
  higher is worse
input conditions any of ptsd, bipolar, psychosis
input phq9 number 0 to 27
  higher is worse
input attendance number 0 to 1 step 0.01
  lower is worse
input drift number -10 to 10 step 0.5
  higher is worse
input last_use date or never
rule everyone
  then at least outpatient
)";

Ruleset const& sample() {
  static Ruleset const rules = [] {
    auto loaded = load_text(rules_text);
    REQUIRE(loaded);
    return *loaded;
  }();
  return rules;
}

/// `CODE path` of each refusal of a header.
std::string header_outcome(std::string_view header) {
  auto const reader = CsvReader::make(sample(), header);
  if (reader) return "good";
  std::string text;
  for (Refusal const& refusal : reader.error()) text += (text.empty() ? "" : "; ") + refusal.code + ' ' + refusal.path;
  return text;
}

/// The assessment as JSON, or `CODE path` of each refusal.
std::string outcome(std::string_view header, std::string_view row) {
  auto reader = CsvReader::make(sample(), header);
  REQUIRE(reader);
  if (reader->read(row, 7)) return assessment_to_json(sample(), reader->assessment(), reader->id());
  std::string text;
  for (Refusal const& refusal : reader->refused().refusals)
    text += (text.empty() ? "" : "; ") + refusal.code + ' ' + refusal.path;
  return text;
}

std::string one_answer(std::string_view column, std::string_view cell) {
  return outcome("assessment_date," + std::string(column), "2026-05-14," + std::string(cell));
}

std::string read_as(std::string_view answers) {
  return R"({"assessment_date":"2026-05-14","answers":{)" + std::string(answers) + "}}";
}

struct Row {
  char const* column;
  char const* cell;
  char const* outcome;
};

}  // namespace

TEST_CASE("cells are answers in the type of their column") {
  Row const rows[] = {
      {"sober_housing", "true", R"("sober_housing":true)"},
      {"sober_housing", "No", R"("sober_housing":false)"},
      {"sober_housing", "TRUE", R"("sober_housing":true)"},
      {"sober_housing", "", ""},
      {"withdrawal_risk", " mild ", R"("withdrawal_risk":"mild")"},
      {"conditions", "ptsd;bipolar", R"("conditions":["ptsd","bipolar"])"},
      {"conditions", "psychosis ; ptsd", R"("conditions":["ptsd","psychosis"])"},
      {"conditions", "none", R"("conditions":[])"},
      {"conditions", "", ""},
      {"phq9", "6.0", R"("phq9":6)"},
      {"attendance", "0.95", R"("attendance":0.95)"},
      {"drift", "-9.5", R"("drift":-9.5)"},
      {"last_use", "2026-05-01", R"("last_use":"2026-05-01")"},
      {"last_use", "never", R"("last_use":"never")"},
      {"phq9,phq9.on", "6,2026-05-01", R"("phq9":{"value":6,"on":"2026-05-01"})"},
      {"phq9,phq9.unknown", ",refused", R"("phq9":{"unknown":"refused"})"},
      {"phq9,phq9.unknown", "6,", R"("phq9":6)"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.column);
    CAPTURE(row.cell);
    CHECK(one_answer(row.column, row.cell) == read_as(row.outcome));
  }
}

TEST_CASE("cells that are refused name their line and column, not their value") {
  Row const rows[] = {
      {"sober_housing", "1", "E0602 line 7, column sober_housing"},
      {"withdrawal_risk", "grave", "E0608 line 7, column withdrawal_risk"},
      {"conditions", "ptsd;fear", "E0608 line 7, column conditions"},
      {"conditions", "ptsd;ptsd", "E0613 line 7, column conditions"},
      {"phq9", "28", "E0606 line 7, column phq9"},
      {"phq9", "6.5", "E0607 line 7, column phq9"},
      {"phq9", "six", "E0602 line 7, column phq9"},
      {"phq9", "06", "E0602 line 7, column phq9"},
      {"attendance", "\"0,95\"", "E0602 line 7, column attendance"},
      {"last_use", "14.05.2026", "E0609 line 7, column last_use"},
      {"last_use", "2026-05-15", "E0610 line 7, column last_use"},
      {"phq9,phq9.on", "6,soon", "E0609 line 7, column phq9.on"},
      {"phq9,phq9.on", ",2026-05-01", "E0614 line 7, column phq9"},
      {"current_level", "detox", "E0608 line 7, column current_level"},
      {"current_level,days_in_level", "none,3", "E0615 line 7, column days_in_level"},
      {"previous", "yes", "E0602 line 7, column previous"},
      {"previous,previous.phq9", "none,3", "E0614 line 7, column previous"},
      {"previous.phq9", "99", "E0606 line 7, column previous.phq9"},
      {"unavailable", "php;php", "E0613 line 7, column unavailable"},
      {"phq9", "6,7", "E0601 line 7"},
      {"phq9", "\"6", "E0601 line 7"},
      {"phq9", "\"6\"7", "E0601 line 7"},
      {"withdrawal_risk", "\xFF", "E0601 line 7"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.column);
    CAPTURE(row.cell);
    CHECK(one_answer(row.column, row.cell) == row.outcome);
  }
  CHECK(outcome("assessment_date,phq9", ",6") == "E0605 line 7, column assessment_date");
}

TEST_CASE("everything but answers has its column too") {
  CHECK(outcome("unavailable,previous.phq9,id,days_in_level,current_level,assessment_date",
                "php;iop,8,a-17,30,php,2026-05-14\r\n") ==
        R"({"id":"a-17","assessment_date":"2026-05-14","current_level":"php","days_in_level":30,"answers":{},)"
        R"("previous":{"phq9":8},"unavailable":["iop","php"]})");
  CHECK(outcome("assessment_date,previous", "2026-05-14,none") ==
        R"({"assessment_date":"2026-05-14","answers":{},"previous":null})");
  CHECK(outcome("assessment_date,previous.phq9", "2026-05-14,") == read_as(""));
}

TEST_CASE("an id is a number where it is one, else a text") {
  auto const id = [](std::string_view cell) {
    auto reader = CsvReader::make(sample(), "assessment_date,id");
    REQUIRE(reader);
    REQUIRE(reader->read("2026-05-14," + std::string(cell), 2));
    return std::string(reader->id());
  };
  CHECK(id("17") == "17");
  CHECK(id("007") == "\"007\"");
  CHECK(id("\"say \"\"no\"\", twice\"") == R"("say \"no\", twice")");
  CHECK(id("\"two\nlines\"") == "\"two\\u000alines\"");
  CHECK(id("") == "");
}

TEST_CASE("semicolons and tabs separate too, and then a comma may be the point") {
  CHECK(outcome("assessment_date;attendance;conditions", "2026-05-14;0,95;\"ptsd;bipolar\"") ==
        read_as(R"("conditions":["ptsd","bipolar"],"attendance":0.95)"));
  CHECK(outcome("assessment_date\tattendance", "2026-05-14\t0.95") == read_as(R"("attendance":0.95)"));
  CHECK(outcome("assessment_date;attendance", "2026-05-14;0,9,5") == "E0602 line 7, column attendance");
}

TEST_CASE("headers that are refused") {
  CHECK(header_outcome("assessment_date,phq9") == "good");
  CHECK(header_outcome("\xEF\xBB\xBF\"assessment_date\", phq9 \r\n") == "good");
  CHECK(header_outcome("assessment_date,phq99") == "E0603 phq99");
  CHECK(header_outcome("assessment_date,phq9,phq9") == "E0604 phq9");
  CHECK(header_outcome("assessment_date,assessment_date") == "E0604 assessment_date");
  CHECK(header_outcome("assessment_date,previous.current_level") == "E0603 previous.current_level");
  CHECK(header_outcome("assessment_date,\"phq9") == "E0601 ");
  CHECK(header_outcome("severe,6,0.95") == "E0605 assessment_date");  // nothing of it is shown
}

TEST_CASE("rows end where no quote is open") {
  CHECK(csv_row_size("a,b\nc", ',') == 4);
  CHECK(csv_row_size("a,\"b\nc\"\nd", ',') == 8);
  CHECK(csv_row_size("a,\"b\"\"\nc\"\nd", ',') == 10);
  CHECK(csv_row_size("a,b\"\nc", ',') == 5);
  CHECK(csv_row_size("a;\"b\nc\"", ';') == std::string_view::npos);
  CHECK(csv_row_size("", ',') == std::string_view::npos);
  CHECK(csv_separator("a;b,c;d") == ';');
  CHECK(csv_separator("a") == ',');
  CHECK(csv_row_blank(";; ;\r\n", ';'));
  CHECK_FALSE(csv_row_blank(";;0;", ';'));
}

TEST_CASE("decisions are rows, and no cell is a formula") {
  CsvWriter const writer(sample(), true);
  CHECK(writer.header() == "id,status,move,next_level,indicated_level,possible_next,marks,errors\n");
  Decision decision;
  decision.move = Move::step_down;
  decision.next = {1};
  decision.indicated = {0};
  decision.possible_next = {0b011, true};
  decision.marks.insert(Mark::held);
  decision.marks.insert(Mark::draft);
  auto const row = [&](std::string_view id) {
    std::string out;
    writer.append(out, decision, id);
    return out.substr(0, out.find(",determined"));
  };
  std::string out = "x";
  writer.append(out, decision, "17");
  CHECK(out == "x17,determined,step_down,iop,outpatient,none;outpatient;iop,held;draft,\n");
  CHECK(row("-17") == "-17");
  CHECK(row("\"-17\"") == "\"'-17\"");
  CHECK(row("\"=HYPERLINK(\\\"x\\\")\"") == "\"'=HYPERLINK(\"\"x\"\")\"");
  CHECK(row(R"("@a")") == "\"'@a\"");
  CHECK(row(R"("a,b")") == "\"a,b\"");
  CHECK(row(R"("a\nb")") == "\"a\nb\"");
  CHECK(row(R"("\u00e9")") == "\xC3\xA9");
  decision.status = DecisionStatus::refused;
  decision.refusals = {{"E0606", "line 3, column phq9", "out of range"}};
  out.clear();
  writer.append(out, decision);
  CHECK(out == ",refused,,,,,,\"E0606 line 3, column phq9: out of range\"\n");
}

TEST_CASE("every row has as many cells as the header") {
  auto const cells = [](std::string_view row) { return std::count(row.begin(), row.end(), ';'); };
  for (bool const brief : {false, true}) {
    CsvWriter const writer(sample(), brief, ';');
    Decision decision;
    std::string out;
    writer.append(out, decision, "1");
    CHECK(cells(out) == cells(writer.header()));
    decision.status = DecisionStatus::refused;
    decision.refusals = {{"E0601", "line 3", "no row"}};
    out.clear();
    writer.append(out, decision, "1");
    CHECK(cells(out) == cells(writer.header()));
  }
}

TEST_CASE("any bytes may stand in a file") {
  std::string const bytes = ",;\"\"\"\n\r\tx1-=.\xFF";
  std::mt19937 random(3);
  auto reader = CsvReader::make(sample(), "id,assessment_date,phq9,conditions,withdrawal_risk");
  REQUIRE(reader);
  for (int i = 0; i < 20'000; ++i) {
    std::string row = "\"a\",2026-05-14,6,ptsd;bipolar,mild\n";
    for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes)
      row[random() % row.size()] = bytes[random() % bytes.size()];
    std::size_t const size = std::min(csv_row_size(row, ','), row.size());
    if (!reader->read(row.substr(0, size), 2)) CHECK_FALSE(reader->refused().refusals.empty());
  }
}
