// The editable part of a quote's header, from a message to the domain. Used by create and PATCH.
#pragma once

#include <string>

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::v1 {
class Quote;
}

namespace continuo::quoting::app {

// valid_until is required here; 400 when it lies before `today`, unless it stays what it was.
Result<void> ReadHeader(const v1::Quote& from, calendar::Date today, domain::Quote* quote);
std::string MetadataJson(const v1::Quote& from);

}  // namespace continuo::quoting::app
