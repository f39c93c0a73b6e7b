// Which addresses a webhook may be sent to: none that leads inside somebody's network.
//
//   IsPublic("8.8.8.8")           -> true
//   IsPublic("::ffff:127.0.0.1")  -> false: judged as the IPv4 address that it carries
//
// Takes literal addresses only. The caller resolves the name, asks for every address, and connects
// to the one it asked about: a name may resolve differently a moment later.
#pragma once

#include <string_view>

namespace continuo::webhooks::domain {

// False too for what is no address.
bool IsPublic(std::string_view address);

// 127.0.0.0/8 and ::1, which a sandbox allows.
bool IsLoopback(std::string_view address);

}  // namespace continuo::webhooks::domain
