#include "graph/svg_canvas.hpp"

#include <fmt/format.h>
#include <iterator>

#include "base/encode.hpp"

namespace carestep::graph {

void SvgCanvas::text(int x, int y, std::string_view words, TextStyle const& style) {
  std::string extra;
  if (style.bold) extra += R"( font-weight="700")";
  if (style.mono) extra += R"( font-family="ui-monospace,'DejaVu Sans Mono',Consolas,monospace")";
  if (style.anchor != "start") extra += fmt::format(R"( text-anchor="{}")", style.anchor);
  if (style.halo) extra += R"( stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke")";
  fmt::format_to(std::back_inserter(out_),
                 R"(<text x="{}" y="{}" font-size="{}" fill="{}"{}>{}</text>)"
                 "\n",
                 x, y, style.size, style.fill, extra, encode::xml(words));
}

void SvgCanvas::rect(int x, int y, int width, int height, int radius, std::string_view attributes) {
  fmt::format_to(std::back_inserter(out_),
                 R"(<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}/>)"
                 "\n",
                 x, y, width, height, radius, attributes);
}

void SvgCanvas::circle(int x, int y, int radius, std::string_view attributes) {
  fmt::format_to(std::back_inserter(out_),
                 R"(<circle cx="{}" cy="{}" r="{}" {}/>)"
                 "\n",
                 x, y, radius, attributes);
}

void SvgCanvas::path(std::string_view d, std::string_view attributes) {
  fmt::format_to(std::back_inserter(out_),
                 R"(<path d="{}" {}/>)"
                 "\n",
                 d, attributes);
}

void SvgCanvas::open_group(std::string_view name, std::string_view tooltip) {
  fmt::format_to(std::back_inserter(out_),
                 R"(<g class="{}">)"
                 "\n",
                 encode::xml(name));
  if (!tooltip.empty()) fmt::format_to(std::back_inserter(out_), "<title>{}</title>\n", encode::xml(tooltip));
}

}  // namespace carestep::graph
