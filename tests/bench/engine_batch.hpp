#pragma once

// The common workload through the batch interface: byte columns as they lie, and where the decisions go.

#include <memory>
#include <optional>
#include <vector>

#include "baseline/column_store.hpp"
#include "engine.hpp"

namespace bench {

/// A batch over the byte columns of `columns`; yes and no as bits. Each answer is unknown with a chance of `unknown`
/// ten-thousandths, by the place of its record.
class ColumnBatch {
 public:
  ColumnBatch(Engine const& engine, std::shared_ptr<ColumnStore const> columns, unsigned unknown = 0);

  [[nodiscard]] carestep::Batch const& batch() const { return *batch_; }
  [[nodiscard]] std::size_t size() const { return columns_->columns().count; }

 private:
  void add(Engine const& engine, std::size_t input, std::uint8_t const* known);

  std::shared_ptr<ColumnStore const> columns_;
  Column<std::uint8_t> obligations_;
  std::vector<Column<std::uint8_t>> known_;
  std::optional<carestep::Batch> batch_;
};

/// Memory for the decisions of `count` records.
class DecidedColumns {
 public:
  explicit DecidedColumns(std::size_t count, std::size_t rules = 0);

  /// Everything that there is memory for, or the next level alone.
  [[nodiscard]] carestep::BatchDecisions all();
  [[nodiscard]] carestep::BatchDecisions next_only();

  /// The decision of one record; possible levels are not told.
  [[nodiscard]] carestep::BriefDecision operator[](std::size_t record) const;
  [[nodiscard]] bool active(std::size_t rule, std::size_t record) const;

 private:
  std::size_t count_;
  Column<std::uint8_t> status_;
  Column<std::uint8_t> move_;
  Column<std::int8_t> next_;
  Column<std::int8_t> indicated_;
  Column<std::uint16_t> marks_;
  std::size_t active_words_;
  Column<std::uint64_t> active_;
  std::size_t rules_;
};

}  // namespace bench
