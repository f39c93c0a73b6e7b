// Which URLs an endpoint may have. Names are looked up when something is sent; here only what the
// text itself tells is refused.
#pragma once

#include <string_view>

#include "libs/result/result.h"

namespace continuo::webhooks::domain {

// An address that a webhook may connect to: a public one, in a sandbox also a loopback one.
bool MayConnect(std::string_view address, bool sandbox);

// `url` is an absolute http or https URL. https outside a sandbox, no special address.
Result<void> CheckUrl(std::string_view url, bool sandbox);

}  // namespace continuo::webhooks::domain
