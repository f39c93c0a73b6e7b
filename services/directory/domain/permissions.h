// Sets of permissions: "quotes.approve", "quotes.*" (all of quotes) and "*" (everything).
//
//   Narrow({"quotes.*", "orders.read"}, {"quotes.read", "orders.*"}) == {"orders.read", "quotes.read"}
//
// Which permission an operation needs is said in the protos, not here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::directory::domain {

using Permissions = std::vector<std::string>;

// Whoever has `wider` has `narrower` too.
bool Includes(std::string_view wider, std::string_view narrower);

// What a key may do: the profile's permissions within the key's scopes. No scopes: all of them.
// Sorted, each once, none that another includes.
Permissions Narrow(const Permissions& profile, const Permissions& scopes);

// The first of `wanted` that is not within `held`; none when all are. Nobody may give to others, by
// profile or by key, what they do not have.
std::optional<std::string> FirstNotHeld(const Permissions& held, const Permissions& wanted);

}  // namespace continuo::directory::domain
