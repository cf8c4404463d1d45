#include "base/encode.hpp"

#include <doctest/doctest.h>

#include "base/json_writer.hpp"

namespace encode = carestep::encode;

TEST_CASE("xml escapes markup and replaces what XML cannot hold") {
  CHECK(encode::xml("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
  CHECK(encode::xml("a\x01"
                    "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(encode::xml("\xc3") == "\xEF\xBF\xBD");
  CHECK(encode::xml("\xed\xa0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
  CHECK(encode::xml("漢字 🙂") == "漢字 🙂");
}

TEST_CASE("markdown shows every text as it is") {
  CHECK(encode::markdown("home_environment *is* [x](y) <b> | `c`") ==
        "home\\_environment \\*is\\* \\[x\\](y) \\<b\\> \\| \\`c\\`");
  CHECK(encode::markdown("- item") == "\\- item");
  CHECK(encode::markdown("12. item") == "12\\. item");
  CHECK(encode::markdown("a\n\n# b") == "a  \\# b");
  CHECK(encode::markdown("see https://example.org or www.example.org") ==
        "see https\\://example.org or www\\.example.org");
}

TEST_CASE("a code span outlasts the backticks inside it") {
  CHECK(encode::markdown_code("phq9 >= 10", false) == "`phq9 >= 10`");
  CHECK(encode::markdown_code("a `b` ``c``", false) == "``` a `b` ``c`` ```");
  CHECK(encode::markdown_code("a | b", true) == "`a \\| b`");
}

TEST_CASE("json escapes quotes and controls") {
  CHECK(encode::json("a\"b\\c\n\x02") == "\"a\\\"b\\\\c\\n\\u0002\"");
  CHECK(encode::json("\xff") == "\"\xEF\xBF\xBD\"");
}

TEST_CASE("only web and mail addresses are links") {
  CHECK(encode::linkable("https://example.org"));
  CHECK_FALSE(encode::linkable("javascript:alert(1)"));
  CHECK_FALSE(encode::linkable("data:text/html,x"));
}

TEST_CASE("the length counts code points") {
  CHECK(encode::length("äß漢🙂") == 4);
}

TEST_CASE("the JSON writer places commas") {
  carestep::JsonWriter json;
  json.object().text("a", "x").array("b").text("y").number(2).close().object("c").close().truth("d", true).null("e");
  json.close();
  CHECK(json.str() == R"({"a":"x","b":["y",2],"c":{},"d":true,"e":null})");
}
