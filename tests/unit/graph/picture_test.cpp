#include "graph/picture.hpp"

#include <doctest/doctest.h>

#include "graph/arrows.hpp"
#include "graph/text_fit.hpp"
#include "unit/graph/sample_models.hpp"
#include "unit/graph/well_formed.hpp"

using namespace carestep;
using sample::count_of;
using sample::WellFormed;

namespace {

graph::Marks stepping_down() {
  graph::Marks marks;
  marks.move = Move::step_down;
  marks.current = 3;
  marks.next = 2;
  marks.indicated = 0;
  marks.plan = {2, 1, 0};
  marks.admissible = 0b01111;
  marks.possible_next = 0b00100;
  marks.unavailable = 0b00010;
  marks.caption = "Step down from residential to php; indicated level is outpatient.";
  return marks;
}

ir::Model hostile_model(std::string const& text) {
  ir::Model model = sample::levels_only({{"low", text}, {"high", text}});
  model.title = text;
  model.version = text;
  model.levels[0].about = text;
  model.steps.push_back(sample::step(model, false, {{1, 0}}, text, text));
  model.steps.back().reasons.because = text;
  return model;
}

}  // namespace

TEST_CASE("the staircase is well-formed for every number of levels") {
  for (ir::Index levels : {2U, 3U, 5U, 8U, 12U, 13U, 64U}) {
    ir::Model const model = sample::ladder(levels);
    std::string const svg = graph::render_svg({&model, {}});
    CAPTURE(levels);
    CHECK(WellFormed::problem(svg) == "");
    CHECK(count_of(svg, "<g class=\"level\">") == levels);
  }
}

TEST_CASE("the staircase shows every arrow, the version and the conditions") {
  ir::Model const model = sample::riverbend();
  std::string const svg = graph::render_svg({&model, {}});
  CHECK(count_of(svg, "<title>step down: ") == 5);
  CHECK(count_of(svg, "<title>discharge: outpatient -&gt; outside care</title>") == 1);
  CHECK(count_of(svg, "<g class=\"broad\">") == 2);  // its body and its words
  CHECK(svg.find("riverbend 1.2.0 · active") != std::string::npos);
  CHECK(svg.find("days_in_level &gt;= 14") != std::string::npos);
  CHECK(svg.find("DRAFT") == std::string::npos);
}

TEST_CASE("a draft says so") {
  ir::Model model = sample::riverbend();
  model.status = ast::Status::draft;
  CHECK(graph::render_svg({&model, {}}).find(">DRAFT<") != std::string::npos);
  CHECK(graph::render_dot({&model, {}}).find("(DRAFT)") != std::string::npos);
  CHECK(graph::render_mermaid({&model, {}}).find("(DRAFT)") != std::string::npos);
}

TEST_CASE("a person's decision is marked") {
  ir::Model const model = sample::riverbend();
  std::string const svg = graph::render_svg({&model, stepping_down()});
  CHECK(WellFormed::problem(svg) == "");
  CHECK(count_of(svg, "<g class=\"move pathway\">") == 3);
  CHECK(count_of(svg, "<g class=\"level blocked\">") == 1);
  CHECK(count_of(svg, "<g class=\"person\">") == 1);
  CHECK(svg.find("next: step down") != std::string::npos);
  CHECK(count_of(svg, ">no place today<") == 2);  // on the level and in the legend
}

TEST_CASE("every picture is the same twice") {
  ir::Model const model = sample::riverbend();
  graph::View const view{&model, stepping_down()};
  CHECK(graph::render_svg(view) == graph::render_svg(view));
  CHECK(graph::render_dot(view) == graph::render_dot(view));
  CHECK(graph::render_mermaid(view) == graph::render_mermaid(view));
}

TEST_CASE("no text gets out of its place in the staircase") {
  for (std::string const& text : sample::hostile_texts()) {
    ir::Model const model = hostile_model(text);
    std::string const svg = graph::render_svg({&model, {}});
    CAPTURE(text);
    CHECK(WellFormed::problem(svg) == "");
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("<img") == std::string::npos);
  }
}

TEST_CASE("Graphviz gets every move of every line") {
  ir::Model const model = sample::riverbend();
  std::string const dot = graph::render_dot({&model, {}});
  CHECK(count_of(dot, "->") == 10 + 5 + 1 + 0);
  CHECK(dot.find("residential->php  [color=\"#0063a3\" style=dashed arrowhead=onormal constraint=false "
                 "label=\"when days_in_level >= 14\"];") != std::string::npos);
}

TEST_CASE("a quote cannot end a Graphviz text") {
  ir::Model const model = hostile_model("a\" shape=star [\\");
  CHECK(graph::render_dot({&model, {}}).find("low [label=\"a\\\" shape=star [\\\\\\nlow\"]") != std::string::npos);
}

TEST_CASE("Mermaid of two levels") {
  ir::Model model = sample::levels_only({{"end", "The \"low\" one"}, {"high", ""}});
  model.title = "Two";
  model.steps.push_back(sample::step(model, true, {{0, 1}}, "step up end -> high"));
  model.steps.push_back(sample::step(model, false, {{1, 0}}, "step down high -> end", "days_in_level >= 3"));
  CHECK(graph::render_mermaid({&model, {}}) ==
        "---\ntitle: \"Two\"\n---\nflowchart BT\n"
        "  outside([\"Outside care\"])\n"
        "  level_end[\"The #34;low#34; one (end)\"]\n"
        "  level_high[\"high\"]\n"
        "  outside --> level_end\n"
        "  level_end --> level_high\n"
        "  level_high -.->|\"when days_in_level #62;= 3\"| level_end\n"
        "  linkStyle 0 stroke:#00704d,stroke-width:2px\n"
        "  linkStyle 1 stroke:#b84c00,stroke-width:2px\n"
        "  linkStyle 2 stroke:#0063a3,stroke-width:2px\n");
}

TEST_CASE("lines with too many moves become one broad arrow") {
  ir::Model model = sample::levels_only(std::vector<std::pair<std::string, std::string>>(64, {"l", ""}));
  model.steps.push_back(sample::step(model, true, sample::every_pair(64, true), "step up any -> any"));
  model.steps.push_back(sample::step(model, false, sample::every_pair(64, false), "step down any -> any", "stable"));
  graph::Arrows const arrows = graph::arrows_of({&model, {}});
  CHECK(arrows.broad.size() == 2);
  CHECK(arrows.broad[1].notes == "a");
  CHECK(arrows.arrows.size() == 1);  // admission
}

TEST_CASE("two lines with one move are one arrow that carries both conditions") {
  ir::Model model = sample::levels_only({{"a", ""}, {"b", ""}, {"c", ""}});
  model.steps.push_back(sample::step(model, false, {{1, 0}}, "step down b -> a", "x"));
  model.steps.push_back(sample::step(model, false, {{1, 0}, {2, 0}}, "step down b, c -> a", "y"));
  model.steps.push_back(sample::step(model, false, {{2, 0}}, "step down c -> a"));
  graph::Arrows const arrows = graph::arrows_of({&model, {}});
  REQUIRE(arrows.arrows.size() == 3);
  CHECK(arrows.arrows[1].notes == "a b");
  CHECK(arrows.arrows[2].notes == "");  // one of its lines is always open
}

TEST_CASE("words are broken where they read well and never lost") {
  using graph::Face;
  auto const lines = graph::wrapped("withdrawal_management_with_nursing", 120, 12, Face::mono, 5);
  REQUIRE(lines.size() > 1);
  CHECK(lines[0].back() == '_');
  std::string whole;
  for (std::string const& line : lines) {
    CHECK(graph::text_width(line, 12, Face::mono) <= 120);
    whole += line;
  }
  CHECK(whole == "withdrawal_management_with_nursing");
  CHECK(graph::wrapped("one two three four five six", 40, 12, Face::regular, 2).back().find("…") != std::string::npos);
  CHECK(graph::wrapped("", 40, 12, Face::regular, 2).size() == 1);
}
