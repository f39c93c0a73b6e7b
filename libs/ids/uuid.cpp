#include "libs/ids/uuid.h"

#include <sys/random.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace continuo::ids {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kCanonicalLength = 36;

constexpr bool IsHyphenAt(std::size_t position) {
  return position == 8 || position == 13 || position == 18 || position == 23;
}

Failure NotAUuid(std::string_view text) {
  const std::string shown(text.substr(0, 64));
  return Invalid(
      "", "INVALID_UUID",
      "'" + shown + "' is not a UUID. Write it as 8-4-4-4-12 lower-case hexadecimal digits.");
}

// The kernel's randomness, fetched in blocks: a system call for each id would dominate its cost.
std::uint64_t RandomBits() {
  thread_local std::array<std::uint64_t, 64> block;
  thread_local std::size_t used = block.size();
  if (used == block.size()) {
    auto* bytes = reinterpret_cast<char*>(block.data());
    for (std::size_t filled = 0; filled < sizeof(block);) {
      const ssize_t got = getrandom(bytes + filled, sizeof(block) - filled, 0);
      if (got < 0 && errno != EINTR) {
        throw std::system_error(errno, std::generic_category(), "getrandom");
      }
      if (got > 0) filled += static_cast<std::size_t>(got);
    }
    used = 0;
  }
  return block[used++];
}

// Wall time in 1/4096 ms, the resolution of the 48 + 12 time bits of a version 7 UUID, and never
// the same or less twice: when the clock stands or steps back, the last value is counted on.
std::uint64_t NextTick() {
  static std::atomic<std::uint64_t> last{0};
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const auto microseconds = static_cast<std::uint64_t>(now.count());
  const std::uint64_t tick = ((microseconds / 1000) << 12) | ((microseconds % 1000) * 4096 / 1000);
  std::uint64_t before = last.load(std::memory_order_relaxed);
  std::uint64_t next;
  do {
    next = std::max(before + 1, tick);
  } while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed));
  return next;
}

}  // namespace

Result<Uuid> Uuid::Parse(std::string_view text) {
  if (text.size() != kCanonicalLength) return NotAUuid(text);
  Bytes bytes{};
  std::size_t digits = 0;
  for (std::size_t position = 0; position < text.size(); ++position) {
    if (IsHyphenAt(position)) {
      if (text[position] != '-') return NotAUuid(text);
      continue;
    }
    const std::size_t value = kHexDigits.find(text[position]);
    if (value == std::string_view::npos) return NotAUuid(text);
    bytes[digits / 2] = static_cast<std::uint8_t>(bytes[digits / 2] << 4 | value);
    ++digits;
  }
  return Uuid(bytes);
}

std::string Uuid::ToString() const {
  std::string text;
  text.reserve(kCanonicalLength);
  for (const std::uint8_t byte : bytes_) {
    if (IsHyphenAt(text.size())) text += '-';
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 15];
  }
  return text;
}

Uuid NewUuid() {
  const std::uint64_t tick = NextTick();
  const std::uint64_t high = (tick >> 12) << 16 | 0x7000 | (tick & 0xfff);
  const std::uint64_t low = (RandomBits() & 0x3fffffffffffffff) | 0x8000000000000000;
  Uuid::Bytes bytes;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  return Uuid(bytes);
}

}  // namespace continuo::ids
