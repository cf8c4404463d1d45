#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace carestep::cli {

/// Works on items in several threads and hands them back in the order in which they came. Holds a bounded number of
/// items; a thread is started when there is work for it.
///
/// Errors   what the work throws, `take` throws.
/// Threads  `put` and `take` belong to one thread; the work runs in the others.
template <class Item>
class InOrder {
 public:
  InOrder(unsigned threads, std::function<void(Item&)> work) : most_threads_(threads), work_(std::move(work)) {}
  ~InOrder() {
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
    }
    wake_workers_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  InOrder(InOrder const&) = delete;
  InOrder& operator=(InOrder const&) = delete;

  [[nodiscard]] bool empty() const { return slots_.empty(); }
  [[nodiscard]] bool full() const { return slots_.size() >= 2 * std::size_t{most_threads_} + 2; }

  void put(Item item) {
    {
      std::lock_guard const lock(mutex_);
      slots_.emplace_back(std::move(item));
    }
    if (threads_.size() < std::min<std::size_t>(most_threads_, slots_.size()))
      threads_.emplace_back([this] { serve(); });
    wake_workers_.notify_one();
  }

  /// The oldest item, once its work is done.
  Item take() {
    std::unique_lock lock(mutex_);
    wake_taker_.wait(lock, [&] { return slots_.front().done; });
    Slot oldest = std::move(slots_.front());
    slots_.pop_front();
    --begun_;
    if (oldest.failure) std::rethrow_exception(oldest.failure);
    return std::move(oldest.item);
  }

 private:
  struct Slot {
    explicit Slot(Item given) : item(std::move(given)) {}
    Item item;
    bool done = false;
    std::exception_ptr failure;
  };

  void serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_workers_.wait(lock, [&] { return stopping_ || begun_ < slots_.size(); });
      if (stopping_) return;
      Slot& slot = slots_[begun_++];  // stays where it is while others come and go at the ends
      lock.unlock();
      try {
        work_(slot.item);
      } catch (...) {
        slot.failure = std::current_exception();
      }
      lock.lock();
      slot.done = true;
      wake_taker_.notify_one();
    }
  }

  unsigned most_threads_;
  std::function<void(Item&)> work_;
  std::mutex mutex_;
  std::condition_variable wake_workers_;
  std::condition_variable wake_taker_;
  std::deque<Slot> slots_;
  std::size_t begun_ = 0;  // slots from the front that a thread has taken up
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace carestep::cli
