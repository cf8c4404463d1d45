#pragma once

// Blocks that the interface hands out: from the caller's allocator, with a mark in front that tells what they are.

#include <carestep/carestep.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace carestep::capi {

/// Where a handle comes from and goes back to.
struct Allocator {
  void* (*allocate_with)(void* user, std::size_t size) = nullptr;  // null: malloc and free
  void (*release_with)(void* user, void* memory, std::size_t size) = nullptr;
  void* user = nullptr;

  [[nodiscard]] void* allocate(std::size_t size) const noexcept;
  void release(void* memory, std::size_t size) const noexcept;
};

/// What a block is. A freed block is marked as none of these, which its owner sees as long as the memory is not used
/// again.
enum class Tag : std::uint64_t {
  freed = 0,
  error = 0x9e3779b97f4a7c01,
  diagnostics = 0x9e3779b97f4a7c02,
  ruleset = 0x9e3779b97f4a7c03,
  assessment = 0x9e3779b97f4a7c04,
  decision = 0x9e3779b97f4a7c05,
  explanation = 0x9e3779b97f4a7c06,
  batch = 0x9e3779b97f4a7c07,
  batch_builder = 0x9e3779b97f4a7c08,
  text = 0x9e3779b97f4a7c09,
};

/// INVARIANT: the first bytes of every handle.
struct Head {
  Tag tag = Tag::freed;
  Allocator allocator;
};

/// Whether a pointer that a caller gave is a handle of type T.
template <class T>
[[nodiscard]] bool is(T const* handle) noexcept {
  if (handle == nullptr || reinterpret_cast<std::uintptr_t>(handle) % alignof(T) != 0) return false;
  Tag tag;
  std::memcpy(&tag, static_cast<void const*>(handle), sizeof(tag));
  return tag == T::tag;
}

/// A new handle; `content` makes what stands behind its head.
template <class T, class... Content>
[[nodiscard]] T* make(Allocator const& allocator, Content&&... content) {
  void* const memory = allocator.allocate(sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  try {
    return new (memory) T{{T::tag, allocator}, std::forward<Content>(content)...};
  } catch (...) {
    allocator.release(memory, sizeof(T));
    throw;
  }
}

/// Frees a handle; null is freed already.
template <class T>
carestep_status free_handle(T* handle) noexcept {
  if (handle == nullptr) return CARESTEP_OK;
  if (!is(handle)) return CARESTEP_ERR_ARGUMENT;
  Allocator const allocator = handle->head.allocator;
  handle->~T();
  // Not left out as a write to memory that nobody reads: a caller who uses the handle again does.
  Tag const freed = Tag::freed;
  std::memcpy(static_cast<void*>(handle), &freed, sizeof(freed));
  __asm__ volatile("" : : "r"(handle) : "memory");
  allocator.release(handle, sizeof(T));
  return CARESTEP_OK;
}

/// A text as the caller gets it; throws std::bad_alloc.
void give_text(Allocator const& allocator, std::string_view text, char** out, std::size_t* size);

// ---- structs with their size in front
// -----------------------------------------------------------------------------------

/// Copies an options struct of a caller who knows fewer or more members than we do; null as read_sized_at.
template <class T>
[[nodiscard, gnu::noinline]] T const* copy_sized(T const* given, std::size_t size, T& room) noexcept {
  if (size < sizeof(size)) return nullptr;
  room = T{};
  std::memcpy(static_cast<void*>(&room), given, size < sizeof(T) ? size : sizeof(T));
  auto const* const bytes = reinterpret_cast<unsigned char const*>(given);
  for (std::size_t i = sizeof(T); i < size; ++i)
    if (bytes[i] != 0) return nullptr;
  return &room;
}

/// An options struct of a caller: the caller's own where it has our size, as it nearly always does, else a copy in
/// `room`.
///
/// Returns  null when it is no such struct, or asks for something that this library does not know.
template <class T>
[[nodiscard]] T const* read_sized_at(T const* given, T& room) noexcept {
  std::size_t size = 0;
  std::memcpy(&size, static_cast<void const*>(given), sizeof(size));
  return size == sizeof(T) ? given : copy_sized(given, size, room);
}

/// Likewise, always a copy; that of null has no options.
template <class T>
[[nodiscard]] bool read_sized(T const* given, T& options) noexcept {
  options = T{};
  if (given == nullptr) return true;
  T room;
  T const* const read = read_sized_at(given, room);
  if (read != nullptr) options = *read;
  return read != nullptr;
}

/// Fills a struct of a caller who may know fewer members than we do.
template <class T>
[[nodiscard]] bool fill_sized(T* out, T value) noexcept {
  if (out == nullptr) return false;
  std::size_t size = 0;
  std::memcpy(&size, static_cast<void const*>(out), sizeof(size));
  if (size < sizeof(size)) return false;
  value.struct_size = size;
  if (size == sizeof(T)) {
    *out = value;
    return true;
  }
  std::memcpy(static_cast<void*>(out), &value, size < sizeof(T) ? size : sizeof(T));
  return true;
}

/// Likewise member by member: `fill(T&)` sets those that are not 0. A whole struct that was just made and is then
/// copied is waited for, since its members are read as wider words than they were written.
template <class T, class Fill>
[[nodiscard]] bool fill_sized_by(T* out, Fill const& fill) noexcept {
  if (out == nullptr) return false;
  std::size_t size = 0;
  std::memcpy(&size, static_cast<void const*>(out), sizeof(size));
  if (size == sizeof(T)) {
    *out = T{};
    out->struct_size = size;
    fill(*out);
    return true;
  }
  T value{};
  fill(value);
  return fill_sized(out, value);
}

}  // namespace carestep::capi
