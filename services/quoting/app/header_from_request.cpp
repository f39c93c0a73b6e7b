#include "services/quoting/app/header_from_request.h"

#include <map>

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/write.h"

namespace continuo::quoting::app {
namespace {

// As Postgres orders and prints jsonb, so that stored and new metadata can be compared as text.
struct ByLength {
  bool operator()(const std::string& a, const std::string& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

}  // namespace

Result<void> ReadHeader(const v1::Quote& from, calendar::Date today, domain::Quote* quote) {
  if (from.valid_until().empty()) {
    return Invalid("/valid_until", "REQUIRED", "A quote has a last day.");
  }
  ASSIGN_OR_RETURN(const calendar::Date valid_until, calendar::Date::Parse(from.valid_until()));
  if (valid_until < today && valid_until != quote->valid_until) {
    return Invalid("/valid_until", "OUT_OF_RANGE",
                   "The last day lies in the past; today is " + today.ToString() + ".");
  }
  quote->valid_until = valid_until;
  quote->start_on = std::nullopt;
  if (!from.start_on().empty()) {
    ASSIGN_OR_RETURN(quote->start_on, calendar::Date::Parse(from.start_on()));
  }
  if (!from.has_payment_days()) {
    return Invalid("/payment_days", "REQUIRED", "Its invoices are due some time.");
  }
  quote->payment_days = from.payment_days();
  quote->header_discount_percent = 0;
  if (!from.header_discount_percent().empty()) {
    ASSIGN_OR_RETURN(quote->header_discount_percent,
                     money::Decimal::Parse(from.header_discount_percent()));
  }
  return {};
}

std::string MetadataJson(const v1::Quote& from) {
  const std::map<std::string, std::string, ByLength> sorted(from.metadata().begin(),
                                                            from.metadata().end());
  std::string json = "{";
  for (const auto& [key, value] : sorted) {
    if (json.size() > 1) json += ", ";
    json::WriteString(key, &json);
    json += ": ";
    json::WriteString(value, &json);
  }
  return json + "}";
}

}  // namespace continuo::quoting::app
