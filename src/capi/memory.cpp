#include "memory.hpp"

#include <cstdlib>

namespace carestep::capi {
namespace {

/// What stands in front of a text.
struct TextHead {
  static constexpr Tag tag = Tag::text;
  Head head;
  std::size_t size = 0;  // of the whole block
};
static_assert(sizeof(TextHead) % alignof(std::max_align_t) == 0 || alignof(TextHead) == alignof(std::size_t));

}  // namespace

void* Allocator::allocate(std::size_t size) const noexcept {
  return allocate_with == nullptr ? std::malloc(size) : allocate_with(user, size);
}

void Allocator::release(void* memory, std::size_t size) const noexcept {
  if (release_with == nullptr) {
    std::free(memory);
  } else {
    release_with(user, memory, size);
  }
}

void give_text(Allocator const& allocator, std::string_view text, char** out, std::size_t* size) {
  std::size_t const bytes = sizeof(TextHead) + text.size() + 1;
  void* const memory = allocator.allocate(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  new (memory) TextHead{{Tag::text, allocator}, bytes};
  char* const place = static_cast<char*>(memory) + sizeof(TextHead);
  if (!text.empty()) std::memcpy(place, text.data(), text.size());
  place[text.size()] = '\0';
  *out = place;
  if (size != nullptr) *size = text.size();
}

}  // namespace carestep::capi

using namespace carestep::capi;

carestep_status carestep_text_free(char* text) {
  if (text == nullptr) return CARESTEP_OK;
  auto* const head = reinterpret_cast<TextHead*>(text - sizeof(TextHead));
  if (!is(head)) return CARESTEP_ERR_ARGUMENT;
  Allocator const allocator = head->head.allocator;
  std::size_t const size = head->size;
  Tag const freed = Tag::freed;
  std::memcpy(static_cast<void*>(head), &freed, sizeof(freed));
  __asm__ volatile("" : : "r"(head) : "memory");
  allocator.release(head, size);
  return CARESTEP_OK;
}
