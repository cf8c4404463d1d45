// Columns that an Arrow implementation which we did not write produces and reads: DuckDB. It makes the assessments from
// SQL, we decide its arrays, and it reads our decisions as a table and counts them. Each record is also decided alone.
//
//   duckdb_test LIBDUCKDB RULES

#include <carestep/carestep.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <string>
#include <vector>

namespace {

void require(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "FAILED: %s\n", what);
  std::exit(1);
}

/// The functions of DuckDB's C interface that are used here.
struct DuckDb {
  void* library;
  void* database = nullptr;
  void* connection = nullptr;

  template <class F>
  F* function(char const* name) const {
    void* const found = dlsym(library, name);
    require(found != nullptr, name);
    return reinterpret_cast<F*>(found);
  }

  explicit DuckDb(char const* path) : library(dlopen(path, RTLD_NOW | RTLD_LOCAL)) {
    require(library != nullptr, "libduckdb does not load");
    require(function<int(char const*, void**)>("duckdb_open")(nullptr, &database) == 0, "open");
    require(function<int(void*, void**)>("duckdb_connect")(database, &connection) == 0, "connect");
  }
  ~DuckDb() {
    function<void(void**)>("duckdb_disconnect")(&connection);
    function<void(void**)>("duckdb_close")(&database);
  }
  DuckDb(DuckDb const&) = delete;
  DuckDb& operator=(DuckDb const&) = delete;

  void run(char const* sql) const { static_cast<void>(rows(sql)); }

  /// Asks for texts: a row of cells each.
  [[nodiscard]] std::vector<std::vector<std::string>> rows(char const* sql) const {
    void* result[16] = {};  // duckdb_result: larger than it is
    if (function<int(void*, char const*, void*)>("duckdb_query")(connection, sql, result) != 0)
      require(false, function<char const*(void*)>("duckdb_result_error")(result));
    auto* const text = function<char*(void*, std::uint64_t, std::uint64_t)>("duckdb_value_varchar");
    std::uint64_t const height = function<std::uint64_t(void*)>("duckdb_row_count")(result);
    std::uint64_t const width = function<std::uint64_t(void*)>("duckdb_column_count")(result);
    std::vector<std::vector<std::string>> all(height);
    for (std::uint64_t row = 0; row < height; ++row)
      for (std::uint64_t column = 0; column < width; ++column) {
        char* const cell = text(result, column, row);
        all[row].emplace_back(cell == nullptr ? "null" : cell);
        function<void(void*)>("duckdb_free")(cell);
      }
    function<void(void*)>("duckdb_destroy_result")(result);
    return all;
  }
};

/// The result of a query of DuckDB as a stream of arrays.
class ResultStream {
 public:
  ResultStream(DuckDb const& duck, char const* sql) : duck_(duck) {
    require(duck.function<int(void*, char const*, void**)>("duckdb_query_arrow")(duck.connection, sql, &result_) == 0,
            sql);
  }
  ResultStream(ResultStream const&) = delete;
  ResultStream& operator=(ResultStream const&) = delete;

  ArrowArrayStream stream() {
    return {[](ArrowArrayStream* self, ArrowSchema* out) {
              return static_cast<ResultStream*>(self->private_data)->get("duckdb_query_arrow_schema", out);
            },
            [](ArrowArrayStream* self, ArrowArray* out) {
              *out = {};
              return static_cast<ResultStream*>(self->private_data)->get("duckdb_query_arrow_array", out);
            },
            [](ArrowArrayStream*) { return "DuckDB failed"; },
            [](ArrowArrayStream* self) {
              auto& stream = *static_cast<ResultStream*>(self->private_data);
              stream.duck_.function<void(void**)>("duckdb_destroy_arrow")(&stream.result_);
              ++stream.released;
              self->release = nullptr;
            },
            this};
  }
  int released = 0;

 private:
  template <class T>
  int get(char const* function, T* out) {
    return duck_.function<int(void*, T**)>(function)(result_, &out) == 0 ? 0 : 5;
  }

  DuckDb const& duck_;
  void* result_ = nullptr;
};

// 10,000 records; some answers unknown, some out of range.
constexpr char const* assessments = R"(
create table assessments as select
  range as id,
  (['none','outpatient','iop','php','residential','detox'])[(1 + hash(range, 1) % 6)::int] as current_level,
  34::utinyint as age,
  (['none','mild','moderate','severe'])[(1 + hash(range, 2) % 4)::int]::enum('none','mild','moderate','severe') as withdrawal_risk,
  (['unsafe','unstable','neutral','supportive'])[(1 + hash(range, 3) % 4)::int]::enum('unsafe','unstable','neutral','supportive')
    as home_environment,
  case when hash(range, 4) % 5 > 0 then (hash(range, 5) % 29)::bigint end as phq9,
  case when hash(range, 6) % 5 > 0 then (hash(range, 7) % 28)::smallint end as "previous.phq9",
  (['low','moderate','high','imminent'])[(1 + hash(range, 8) % 4)::int] as relapse_risk,
  ((hash(range, 9) % 101) / 100)::decimal(4,2) as attendance,
  case when hash(range, 10) % 9 > 0 then hash(range, 11) % 2 = 0 end as sober_housing,
  date '2026-05-14' - (hash(range, 12) % 400)::int as last_use,
  list_filter(['depression','anxiety','ptsd','bipolar','psychosis'], lambda c: hash(c, range + 7) % 7 < 3) as conditions
from range(10000))";

constexpr char const* as_json = R"(
select '{"assessment_date":"2026-05-14","current_level":"' || current_level || '","answers":{"age":34,"withdrawal_risk":"'
  || withdrawal_risk || '","home_environment":"' || home_environment || '","phq9":' || coalesce(phq9::varchar, 'null')
  || ',"relapse_risk":"' || relapse_risk || '","attendance":' || attendance || ',"sober_housing":'
  || coalesce(sober_housing::varchar, 'null') || ',"last_use":"' || last_use || '","conditions":['
  || list_aggregate(list_transform(conditions, lambda c: '"' || c || '"'), 'string_agg', ',') || ']},"previous":{"phq9":'
  || coalesce("previous.phq9"::varchar, 'null') || '}}'
from assessments where len(conditions) > 0 order by id)";

std::string key_of(std::string const& json, char const* key) {
  std::string const begin = "\"" + std::string(key) + "\":\"";
  std::size_t const at = json.find(begin);
  if (at == std::string::npos) return "null";
  std::size_t const from = at + begin.size();
  return json.substr(from, json.find('"', from) - from);
}

using Counts = std::map<std::vector<std::string>, long>;

Counts decided_alone(DuckDb const& duck, carestep_ruleset const* rules) {
  Counts counts;
  for (auto const& row : duck.rows(as_json)) {
    char* text = nullptr;
    require(carestep_decide_json(rules, row[0].data(), row[0].size(), nullptr, &text, nullptr, nullptr) == CARESTEP_OK,
            "decide_json");
    std::string const decision = text;
    carestep_text_free(text);
    std::string const status = key_of(decision, "status");
    ++counts[{status, status == "refused" ? "none" : key_of(decision, "move"), key_of(decision, "next_level"),
              key_of(decision, "indicated_level")}];
  }
  return counts;
}

/// Our decisions, read and counted by DuckDB.
Counts decided_as_columns(DuckDb const& duck, carestep_ruleset const* rules) {
  ResultStream result(duck, "select * from assessments where len(conditions) > 0 order by id");
  ArrowArrayStream from = result.stream();
  ArrowArrayStream decisions = {};
  carestep_date day = 0;
  carestep_date_of(2026, 5, 14, &day);
  carestep_arrow_options options = {};
  options.struct_size = sizeof(options);
  options.active = 1;
  require(carestep_decide_arrow_stream(rules, day, &from, &options, &decisions, nullptr) == CARESTEP_OK, "stream");
  require(duck.function<int(void*, char const*, ArrowArrayStream*)>("duckdb_arrow_scan")(duck.connection, "decisions",
                                                                                         &decisions) == 0,
          "arrow_scan");
  duck.run("create table decided as select * from decisions");
  if (decisions.release != nullptr) decisions.release(&decisions);
  require(result.released == 1, "the assessments were released once");
  Counts counts;
  for (auto const& row :
       duck.rows("select status, move, next_level, indicated_level, count(*) from decided group by all"))
    counts[{row[0], row[1], row[2], row[3]}] = std::atol(row[4].c_str());
  auto const active = duck.rows("select count(*) from decided where status <> 'refused' and active.continuing_care");
  auto const all = duck.rows("select count(*) from decided where status <> 'refused'");
  require(active == all && all[0][0] != "0", "the rule that is always active is active everywhere");
  return counts;
}

}  // namespace

int main(int argc, char** argv) {
  require(argc == 3, "usage: see the head of this file");
  DuckDb const duck(argv[1]);
  carestep_ruleset* rules = nullptr;
  require(carestep_ruleset_load(argv[2], &rules, nullptr) == CARESTEP_OK, "the rules load");
  duck.run(assessments);
  Counts const alone = decided_alone(duck, rules);
  Counts const columns = decided_as_columns(duck, rules);
  carestep_ruleset_free(rules);
  long records = 0;
  for (auto const& [what, count] : alone) {
    records += count;
    auto const found = columns.find(what);
    if (found != columns.end() && found->second == count) continue;
    std::fprintf(stderr, "%s %s %s %s: %ld alone, %ld as columns\n", what[0].c_str(), what[1].c_str(), what[2].c_str(),
                 what[3].c_str(), count, found == columns.end() ? 0 : found->second);
    return 1;
  }
  require(alone.size() == columns.size() && alone.size() > 10 && records > 9000,
          "the same kinds of decisions, and many");
  std::printf("%ld records, %zu kinds of decisions, as DuckDB counts them\n", records, alone.size());
  return 0;
}
