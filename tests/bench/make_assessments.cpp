// Writes assessments of the common workload:
//
//   carestep_make_assessments ndjson|csv|plain COUNT [UNKNOWN]
//
// to standard output. UNKNOWN is the chance of each answer to be missing, in ten-thousandths (100: one in a hundred).

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "workload.hpp"

namespace {

using namespace bench;

void write_line(std::string& out, std::string_view form, std::uint64_t id, unsigned unknown) {
  Record const record = make_record(id);
  if (form == "plain") {
    write_plain_line(out, id, record);
  } else if (form == "csv") {
    write_csv_line(out, id, record, make_unknown(id, unknown));
  } else {
    write_assessment_line(out, id, record, make_unknown(id, unknown));
  }
}

bool flush(std::string& out) {
  bool const written = std::fwrite(out.data(), 1, out.size(), stdout) == out.size();
  out.clear();
  return written;
}

}  // namespace

int main(int argc, char** argv) {
  std::string_view const form = argc > 2 ? argv[1] : "";
  if (form != "ndjson" && form != "csv" && form != "plain") {
    std::fprintf(stderr, "usage: %s ndjson|csv|plain COUNT [UNKNOWN]\n", argv[0]);
    return 2;
  }
  std::uint64_t const count = std::strtoull(argv[2], nullptr, 10);
  unsigned const unknown = argc > 3 ? static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10)) : 0;
  std::string out;
  if (form == "csv") write_csv_header(out);
  bool written = true;
  for (std::uint64_t id = 0; id < count && written; ++id) {
    write_line(out, form, id, unknown);
    if (out.size() >= (std::size_t{1} << 20U)) written = flush(out);
  }
  return written && flush(out) && std::fflush(stdout) == 0 ? 0 : 3;
}
