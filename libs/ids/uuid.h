// The 16 bytes that name a thing, as Postgres stores them in a uuid column.
//
//   const Uuid id = NewUuid();              // 019aaf2e-5c1b-7a3e-9d52-6f0d1e8b7c44
//   Uuid::Parse(id.ToString()) == id
//
// New ones are version 7 (RFC 9562): they sort by the time of their making, and within one process
// strictly so, whatever the wall clock does. They are not secrets: tokens are made elsewhere.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::ids {

class Uuid {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  constexpr Uuid() = default;  // the nil UUID: "none"
  constexpr explicit Uuid(const Bytes& bytes) : bytes_(bytes) {}

  // Only the canonical form: 8-4-4-4-12 lower-case hexadecimal digits, which Postgres prints.
  static Result<Uuid> Parse(std::string_view text);
  std::string ToString() const;

  constexpr const Bytes& bytes() const { return bytes_; }
  constexpr bool IsNil() const { return bytes_ == Bytes{}; }

  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  Bytes bytes_{};
};

// Greater than every UUID that this process has made before. Safe to call from any thread.
Uuid NewUuid();

}  // namespace continuo::ids

template <>
struct std::hash<continuo::ids::Uuid> {
  std::size_t operator()(const continuo::ids::Uuid& id) const noexcept {
    return std::hash<std::string_view>{}(
        std::string_view(reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()));
  }
};
