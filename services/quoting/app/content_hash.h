// The SHA-256, in hex, of what a quote binds its parties to: the binding text of its content.
#pragma once

#include <string>

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::app {

std::string ContentHash(const domain::Quote& quote);

}  // namespace continuo::quoting::app
