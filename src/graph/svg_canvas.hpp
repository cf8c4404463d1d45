#pragma once

#include <string>
#include <string_view>

namespace carestep::graph {

/// Collects SVG elements; every text is escaped on its way in.
///
/// Units    whole pixels.
class SvgCanvas {
 public:
  struct TextStyle {
    int size = 14;
    std::string_view fill = "#1b2733";
    bool bold = false;
    bool mono = false;
    std::string_view anchor = "start";
    bool halo = false;  // a white edge, for text over lines
  };

  void raw(std::string_view svg) { out_ += svg; }
  void text(int x, int y, std::string_view words, TextStyle const& style);
  void rect(int x, int y, int width, int height, int radius, std::string_view attributes);
  void circle(int x, int y, int radius, std::string_view attributes);
  void path(std::string_view d, std::string_view attributes);
  /// A group with a tooltip.
  void open_group(std::string_view name, std::string_view tooltip = {});
  void close_group() { out_ += "</g>\n"; }

  [[nodiscard]] std::string const& str() const { return out_; }

 private:
  std::string out_;
};

}  // namespace carestep::graph
