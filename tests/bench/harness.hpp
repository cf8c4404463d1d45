#pragma once

// Measures forms of the same work against each other in one run: every round takes each row in turn, with the yardstick
// before and after it, so that what else the machine does falls on all of them. Ratios are what counts.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct HarnessOptions {
  int rounds = 9;
  double seconds = 0.04;  // of each row in each round
  std::string table;      // tables whose title has this text
  std::string only;       // rows whose name has this text
  bool quick = false;     // leave out what takes long
  bool raw = false;       // name, tab and nanoseconds a record, for programs
};

/// `--quick`, `--raw`, `--rounds N`, `--seconds S`, `--table TEXT`, `--only TEXT`; ends the program with status 2 at
/// anything else.
HarnessOptions harness_options(int argc, char** argv);

/// Whether a table of this title is to be made at all.
bool wanted(HarnessOptions const& options, std::string const& title);

/// One row of a table.
///
/// Shape    a pass does the work for `records` records; `bytes` are read for each, 0 where that says nothing;
///          `peer` names the row that this one is also compared with.
struct Row {
  std::string name;
  std::size_t records = 1;
  std::function<void()> pass = {};
  double bytes = 0;
  std::string peer = {};
};

class Table {
 public:
  Table(std::string title, Row yardstick) : title_(std::move(title)), yardstick_(std::move(yardstick)) {}
  void add(Row row) { rows_.push_back(std::move(row)); }
  /// Measures, and prints a Markdown table of medians to standard output.
  void run(HarnessOptions const& options);

 private:
  std::string title_;
  Row yardstick_;
  std::vector<Row> rows_;
};

/// Keeps the compiler from leaving work out.
inline void keep(void const* memory) {
  asm volatile("" : : "g"(memory) : "memory");
}

double median(std::vector<double> values);
/// `2.5 × faster`, of how many times faster something is.
std::string shown_gain(double gain);
/// The least and the greatest, as fractions of the median: `0.95–1.10`.
std::string shown_spread(std::vector<double> const& values);
/// `12.3 ns`, `4.56 µs`: three digits that count.
std::string shown_time(double nanoseconds);

}  // namespace bench
