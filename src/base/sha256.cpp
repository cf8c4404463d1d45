#include "base/sha256.hpp"

#include <array>
#include <new>
#include <openssl/evp.h>

namespace carestep {
namespace {

std::string hex(unsigned char const* bytes, unsigned int size) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 0xFU];
  }
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // SHA-256 is always there, so the one way to fail is to run out of memory.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return hex(digest.data(), size);
}

}  // namespace carestep
