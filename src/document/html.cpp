#include "base/encode.hpp"
#include "document/document.hpp"

namespace carestep::document {
namespace {

constexpr std::string_view style_sheet = R"css(
:root{color-scheme:light}
body{font:16px/1.5 "Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif;color:#1b2733;background:#fff;max-width:56rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2.25rem 0 .6rem;padding-bottom:.2rem;border-bottom:2px solid #33475b}
h3{font-size:1.05rem;margin:1.5rem 0 .3rem}
p{margin:.5rem 0}
p.lead{font-size:1.2rem;font-weight:600}
p.quiet{color:#4a5764;font-size:.92rem}
p.good{border-left:10px solid #1d7a52;padding:.15rem .8rem;background:#eef8f3}
p.warning{border:2px solid #a40000;border-left-width:10px;padding:.5rem .8rem;color:#7a0000;font-weight:600;background:#fff6f6}
ul{margin:.4rem 0;padding-left:1.4rem}
li{margin:.15rem 0}
code{font:.9em ui-monospace,"DejaVu Sans Mono",Consolas,monospace;background:#eef2f5;padding:.05em .3em;border-radius:3px;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1rem;margin:.6rem 0}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:.7rem 0;width:100%}
th,td{border:1px solid #9fb0bf;padding:.35rem .55rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td:first-child,td:first-child code{overflow-wrap:break-word}
th{background:#e4ebf1}
.mark{display:inline-block;min-width:2.9em;text-align:center;font-size:.8em;font-weight:700;border:1.5px solid;border-radius:.7em;margin-right:.4em}
.mark.yes{background:#cfe8dc;color:#0b3d2c}
.mark.no{background:#fff;color:#4a5764}
.mark.open{background:#fff1c2;color:#5a4300;border-style:dashed}
figure{margin:1rem 0}
figure svg{max-width:100%;height:auto}
.signatures td{height:3rem}
@media print{body{font-size:10.5pt;margin:0;max-width:none;padding:0}h2,h3{break-after:avoid}li,tr,figure,dl,p.warning{break-inside:avoid}a{color:inherit}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:18mm}}
)css";

std::string run_text(Run const& run) {
  std::string const words = encode::xml(run.text);
  switch (run.style) {
    case Style::plain:
      return words;
    case Style::strong:
      return "<strong>" + words + "</strong>";
    case Style::emphasis:
      return "<em>" + words + "</em>";
    case Style::code:
      return "<code>" + words + "</code>";
    case Style::link:
      if (!encode::linkable(run.url)) return words + (run.url.empty() ? "" : " (" + encode::xml(run.url) + ")");
      return "<a href=\"" + encode::xml(run.url) + "\" rel=\"noreferrer\">" + words + "</a>";
  }
  return words;
}

std::string html_of(Line const& line) {
  std::string out;
  for (Run const& run : line) out += run_text(run);
  return out;
}

std::string_view mark_tag(Mark mark) {
  switch (mark) {
    case Mark::none:
      return "";
    case Mark::yes:
      return R"(<span class="mark yes">yes</span> )";
    case Mark::no:
      return R"(<span class="mark no">no</span> )";
    case Mark::open:
      return R"(<span class="mark open">open</span> )";
  }
  return "";
}

std::string_view tone_class(Tone tone) {
  switch (tone) {
    case Tone::normal:
      return "";
    case Tone::quiet:
      return " class=\"quiet\"";
    case Tone::lead:
      return " class=\"lead\"";
    case Tone::good:
      return " class=\"good\"";
    case Tone::warning:
      return " class=\"warning\"";
  }
  return "";
}

class HtmlRenderer {
 public:
  std::string render(Document const& document) {
    std::string const title = encode::xml(document.title);
    out_ =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        "<title>" +
        title + "</title>\n<style>" + std::string(style_sheet) + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
    for (Block const& block : document.blocks) {
      std::visit([this](auto const& b) { this->block(b); }, block);
    }
    return out_ + "</body>\n</html>\n";
  }

 private:
  void block(Heading const& heading) {
    std::string const tag = "h" + std::to_string(heading.depth);
    out_ += "<" + tag + ">" + html_of(heading.line) + "</" + tag + ">\n";
  }

  void block(Paragraph const& paragraph) {
    out_ += "<p" + std::string(tone_class(paragraph.tone)) + ">" + html_of(paragraph.line) + "</p>\n";
  }

  void items(std::vector<Item> const& all) {
    out_ += "<ul>\n";
    for (Item const& item : all) {
      out_ += "<li>" + std::string(mark_tag(item.mark)) + html_of(item.line);
      if (!item.parts.empty()) items(item.parts);
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }
  void block(List const& list) { items(list.items); }

  void block(Facts const& facts) {
    out_ += "<dl>\n";
    for (auto const& [name, line] : facts.rows) {
      out_ += "<dt>" + encode::xml(name) + "</dt><dd>" + html_of(line) + "</dd>\n";
    }
    out_ += "</dl>\n";
  }

  void block(Table const& table) {
    out_ += "<table>\n<thead><tr>";
    for (std::string const& column : table.columns) out_ += "<th scope=\"col\">" + encode::xml(column) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (auto const& row : table.rows) {
      out_ += "<tr>";
      for (Line const& cell : row) out_ += "<td>" + html_of(cell) + "</td>";
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
  }

  void block(Picture const& picture) { out_ += "<figure>\n" + picture.svg + "</figure>\n"; }

  void block(Signatures const& signatures) {
    out_ +=
        "<table class=\"signatures\">\n<thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Name</th>"
        "<th scope=\"col\">Signature</th><th scope=\"col\">Date</th></tr></thead>\n<tbody>\n";
    for (std::string const& role : signatures.roles) {
      out_ += "<tr><td>" + encode::xml(role) + "</td><td></td><td></td><td></td></tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
  }

  std::string out_;
};

}  // namespace

std::string render_html(Document const& document) {
  return HtmlRenderer().render(document);
}

}  // namespace carestep::document
