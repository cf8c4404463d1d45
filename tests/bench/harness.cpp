#include "harness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <string_view>

namespace bench {
namespace {

/// Of this thread: while another one has the processor, no row is charged for it.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Nanoseconds a record, of passes for about `seconds`.
double measure(Row const& row, double seconds) {
  double const start = processor_seconds();
  double spent = 0;
  std::size_t passes = 0;
  do {
    row.pass();
    ++passes;
    spent = processor_seconds() - start;
  } while (spent < seconds);
  return spent * 1e9 / static_cast<double>(passes * row.records);
}

/// What the rounds gave for one row.
struct Measured {
  std::vector<double> time;  // nanoseconds a record
  std::vector<double> gain;  // how many times faster than the yardstick beside it
};

std::string shown_peer(Row const& row, Measured const& measured, std::vector<Row> const& rows,
                       std::vector<Measured> const& all) {
  auto const peer = std::find_if(rows.begin(), rows.end(), [&](Row const& other) { return other.name == row.peer; });
  if (peer == rows.end()) return "";
  std::vector<double> ratios;
  Measured const& theirs = all[static_cast<std::size_t>(peer - rows.begin())];
  for (std::size_t i = 0; i < measured.time.size(); ++i) ratios.push_back(measured.time[i] / theirs.time[i]);
  return fmt::format("{:.3g} × the time of {}", median(ratios), row.peer);
}

[[noreturn]] void wrong_call(char const* program) {
  std::fprintf(stderr, "usage: %s [--quick] [--raw] [--rounds N] [--seconds S] [--table TEXT] [--only TEXT]\n",
               program);
  std::exit(2);
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string shown_gain(double gain) {
  return gain >= 1 ? fmt::format("{:.3g} × faster", gain) : fmt::format("{:.3g} × slower", 1 / gain);
}

std::string shown_spread(std::vector<double> const& gains) {
  auto const [low, high] = std::minmax_element(gains.begin(), gains.end());
  double const middle = median(gains);
  return fmt::format("{:.2f}–{:.2f}", *low / middle, *high / middle);
}

std::string shown_time(double nanoseconds) {
  if (nanoseconds < 1000) return fmt::format("{:.3g} ns", nanoseconds);
  if (nanoseconds < 1e6) return fmt::format("{:.3g} µs", nanoseconds / 1e3);
  if (nanoseconds < 1e9) return fmt::format("{:.3g} ms", nanoseconds / 1e6);
  return fmt::format("{:.3g} s", nanoseconds / 1e9);
}

HarnessOptions harness_options(int argc, char** argv) {
  HarnessOptions options;
  for (int i = 1; i < argc; ++i) {
    std::string_view const word = argv[i];
    auto const value = [&] { return i + 1 < argc ? argv[++i] : (wrong_call(argv[0]), nullptr); };
    if (word == "--quick") {
      options.quick = true;
      options.rounds = 3;
      options.seconds = 0.01;
    } else if (word == "--raw") {
      options.raw = true;
    } else if (word == "--rounds") {
      options.rounds = std::max(1, std::atoi(value()));
    } else if (word == "--seconds") {
      options.seconds = std::atof(value());
    } else if (word == "--table") {
      options.table = value();
    } else if (word == "--only") {
      options.only = value();
    } else {
      wrong_call(argv[0]);
    }
  }
  return options;
}

bool wanted(HarnessOptions const& options, std::string const& title) {
  return title.find(options.table) != std::string::npos;
}

void Table::run(HarnessOptions const& options) {
  std::vector<Row> rows;
  std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(rows),
               [&](Row const& row) { return row.name.find(options.only) != std::string::npos; });
  if (rows.empty()) return;
  measure(yardstick_, options.seconds);  // warms up
  std::vector<Measured> measured(rows.size());
  std::vector<double> yardstick;
  for (int round = 0; round < options.rounds; ++round) {
    double before = measure(yardstick_, options.seconds);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double const time = measure(rows[i], options.seconds);
      double const after = measure(yardstick_, options.seconds);
      measured[i].time.push_back(time);
      measured[i].gain.push_back((before + after) / 2 / time);
      yardstick.push_back(before = after);
    }
  }
  if (options.raw) {
    for (std::size_t i = 0; i < rows.size(); ++i) fmt::print("{}\t{}\n", rows[i].name, median(measured[i].time));
    return;
  }
  fmt::print("### {}\n\nYardstick: {}, {}, spread {}. {} rounds.\n\n", title_, yardstick_.name,
             shown_time(median(yardstick)), shown_spread(yardstick), options.rounds);
  fmt::print("| form | a record | records/s | against the yardstick | spread | GB/s | against |\n");
  fmt::print("|---|--:|--:|--:|--:|--:|---|\n");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double const time = median(measured[i].time);
    fmt::print("| {} | {} | {:.3g} M | {} | {} | {} | {} |\n", rows[i].name, shown_time(time), 1e3 / time,
               shown_gain(median(measured[i].gain)), shown_spread(measured[i].gain),
               rows[i].bytes > 0 ? fmt::format("{:.1f}", rows[i].bytes / time) : "",
               shown_peer(rows[i], measured[i], rows, measured));
  }
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace bench
