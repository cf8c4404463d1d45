#include "base/sha256.hpp"

// The digest alone. OpenSSL's newer interface to it reads a configuration file that the environment names, fails when
// that file says so, and leaves a handler behind that runs when the process that links us ends.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <array>
#include <openssl/sha.h>

namespace carestep {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string hex(Digest const& digest) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (unsigned char const byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  SHA256_CTX state;
  Digest digest{};
  // These cannot fail: they neither allocate nor look anything up.
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &state);
  return hex(digest);
}

}  // namespace carestep
