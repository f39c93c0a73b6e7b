// A type for each kind of id, so that an invoice's can never be passed for an account's.
//
//   using AccountId = Id<"acc">;
//   const AccountId account = AccountId::New();
//   AccountId::Parse("acc_01jq...")       // Result<AccountId>
//
// A default-made id is nil, which stands for "none" in optional references of stored rows.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/result/result.h"

namespace continuo::ids {

// A string literal as a template argument.
template <std::size_t N>
struct FixedString {
  consteval FixedString(const char (&text)[N]) { std::copy_n(text, N, characters); }
  constexpr std::string_view view() const { return {characters, N - 1}; }
  char characters[N];
};

template <FixedString Prefix>
class Id {
 public:
  static constexpr std::string_view kPrefix = Prefix.view();

  constexpr Id() = default;
  constexpr explicit Id(const Uuid& uuid) : uuid_(uuid) {}

  static Id New() { return Id(NewUuid()); }
  static Result<Id> Parse(std::string_view text) {
    ASSIGN_OR_RETURN(const Uuid uuid, ParseTypeId(kPrefix, text));
    return Id(uuid);
  }

  std::string ToString() const { return FormatTypeId(kPrefix, uuid_); }
  constexpr const Uuid& uuid() const { return uuid_; }
  constexpr bool IsNil() const { return uuid_.IsNil(); }

  friend constexpr auto operator<=>(const Id&, const Id&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Id& id) { return out << id.ToString(); }

 private:
  Uuid uuid_;
};

}  // namespace continuo::ids

template <continuo::ids::FixedString Prefix>
struct std::hash<continuo::ids::Id<Prefix>> {
  std::size_t operator()(const continuo::ids::Id<Prefix>& id) const noexcept {
    return std::hash<continuo::ids::Uuid>{}(id.uuid());
  }
};
