#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace carestep::cli {

/// Takes items in, works on them in several threads, and gives them out in the order in which they were taken.
///
/// Shape    `Source` has `bool take(Item&)`, false at the end, and `bool exhausted()`, true when it is sure that take
///          would be false; both are called by one thread at a time, like `give(Item&)`, but not always by the same.
///          `stop()`, which any thread calls, ends a take that waits. `make_work()` makes what works on items, one for
///          each thread.
/// Errors   what `take` throws comes after everything that was taken before; what work or `give` throws ends it.
/// Cost     holds two items more than threads, and uses their memory again. One thread is the caller's and hands
///          nothing over; another is started when there is more to take.
template <class Item, class Source, class MakeWork, class Give>
class InOrder {
 public:
  InOrder(unsigned threads, Source& source, MakeWork make_work, Give give)
      : source_(&source), make_work_(std::move(make_work)), give_(std::move(give)), most_threads_(threads) {}

  void run() {
    if (most_threads_ <= 1) return run_alone();
    for (unsigned i = 0; i < most_threads_ + 2; ++i) free_.push_back(std::make_unique<Item>());
    serve();
    start_no_more();
    for (std::thread& thread : threads_) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Taken {
    std::unique_ptr<Item> item;
    std::uint64_t number = 0;
  };

  void run_alone() {
    auto work = make_work_();
    Item item;
    while (source_->take(item)) {
      work(item);
      give_(item);
    }
  }

  void serve() {
    try {
      auto work = make_work_();
      for (Taken taken = take(); taken.item; taken = take()) {
        work(*taken.item);
        give(std::move(taken));
      }
    } catch (...) {
      fail();
    }
  }

  Taken take() {
    std::unique_ptr<Item> item = wait_for_free_item();
    std::unique_lock source_lock(source_mutex_);
    if (!item || ended_) return {};
    try {
      ended_ = !source_->take(*item);
    } catch (...) {
      ended_ = true;
      std::lock_guard const lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    if (ended_) return {};
    if (threads_.size() + 1 < most_threads_ && !source_->exhausted()) start_another();
    return {std::move(item), taken_++};
  }

  void start_another() {
    try {
      threads_.emplace_back([this] { serve(); });
    } catch (std::system_error const&) {
      most_threads_ = static_cast<unsigned>(threads_.size()) + 1;  // those that run will do
    }
  }

  void start_no_more() {
    std::lock_guard const lock(source_mutex_);
    ended_ = true;
  }

  std::unique_ptr<Item> wait_for_free_item() {
    std::unique_lock lock(mutex_);
    item_is_free_.wait(lock, [&] { return stopping_ || !free_.empty(); });
    if (stopping_) return nullptr;
    std::unique_ptr<Item> item = std::move(free_.back());
    free_.pop_back();
    return item;
  }

  /// Whoever finishes the oldest item gives it out, and those that wait behind it.
  void give(Taken taken) {
    std::unique_lock lock(mutex_);
    done_.emplace(taken.number, std::move(taken.item));
    if (giving_) return;
    giving_ = true;
    while (!stopping_ && !done_.empty() && done_.begin()->first == given_) {
      std::unique_ptr<Item> oldest = std::move(done_.begin()->second);
      done_.erase(done_.begin());
      lock.unlock();
      give_(*oldest);
      lock.lock();
      ++given_;
      free_.push_back(std::move(oldest));
      item_is_free_.notify_one();
    }
    giving_ = false;
  }

  void fail() {
    std::lock_guard const lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    stopping_ = true;
    source_->stop();
    item_is_free_.notify_all();
  }

  Source* source_;
  MakeWork make_work_;
  Give give_;

  std::mutex source_mutex_;  // guards the source and:
  unsigned most_threads_;
  bool ended_ = false;
  std::uint64_t taken_ = 0;
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // guards all that follows
  std::condition_variable item_is_free_;
  std::vector<std::unique_ptr<Item>> free_;
  std::map<std::uint64_t, std::unique_ptr<Item>> done_;
  std::uint64_t given_ = 0;
  bool giving_ = false;
  bool stopping_ = false;
  std::exception_ptr failure_;
};

}  // namespace carestep::cli
