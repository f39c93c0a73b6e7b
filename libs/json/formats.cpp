#include "libs/json/formats.h"

#include "continuo/type/v1/options.pb.h"
#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/json/countries.h"
#include "libs/money/currency.h"
#include "libs/money/decimal.h"

namespace continuo::json {
namespace {

constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz_0123456789";
constexpr std::string_view kCodeCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

bool Consists(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

// Labels of letters, digits and hyphens with dots between: no label is empty or begins or ends with
// a hyphen.
bool IsHostName(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  while (true) {
    size_t dot = host.find('.');
    std::string_view label = host.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.starts_with('-') || label.ends_with('-')) {
      return false;
    }
    for (char c : label) {
      if (c != '-' && kAlphanumeric.find(c) == std::string_view::npos) return false;
    }
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

// Whether mail arrives is for the mail to show. This refuses what cannot be an address, and what
// could pass for another header or recipient.
bool IsEmail(std::string_view text) {
  size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64) return false;
  std::string_view local = text.substr(0, at);
  std::string_view domain = text.substr(at + 1);
  for (char c : local) {
    bool special = std::string_view(" \"(),:;<>@[\\]").find(c) != std::string_view::npos;
    if (special || static_cast<unsigned char>(c) < 0x21 || c == 0x7F) return false;
  }
  if (local.starts_with('.') || local.ends_with('.') || local.find("..") != std::string_view::npos) {
    return false;
  }
  return IsHostName(domain) && domain.find('.') != std::string_view::npos;
}

bool IsPort(std::string_view port) {
  if (!Consists(port, "0123456789") || port.size() > 5) return false;
  int number = 0;
  for (char c : port) number = number * 10 + (c - '0');
  return number > 0 && number < 65'536;
}

// http or https with a host; no user, no spaces or control characters.
bool IsUrl(std::string_view text) {
  for (unsigned char c : text) {
    if (c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\') return false;
  }
  if (text.starts_with("https://")) {
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return false;
  }
  std::string_view authority = text.substr(0, text.find_first_of("/?#"));
  if (authority.starts_with('[')) {
    size_t end = authority.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    if (!Consists(authority.substr(1, end - 1), "0123456789abcdefABCDEF:.")) return false;
    std::string_view port = authority.substr(end + 1);
    return port.empty() || (port.front() == ':' && IsPort(port.substr(1)));
  }
  size_t colon = authority.find(':');
  if (colon != std::string_view::npos && !IsPort(authority.substr(colon + 1))) return false;
  return IsHostName(authority.substr(0, colon));
}

// "quotes.read", "quotes.*" or "*".
bool IsPermission(std::string_view text) {
  if (text == "*") return true;
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return false;
  std::string_view action = text.substr(dot + 1);
  return Consists(text.substr(0, dot), kNameCharacters) &&
         (action == "*" || Consists(action, kNameCharacters));
}

std::optional<Misfit> Unless(bool fits, const char* remedy) {
  if (fits) return std::nullopt;
  return Misfit{"INVALID_FORMAT", remedy};
}

}  // namespace

std::optional<Misfit> CheckFormat(int format, std::string_view text) {
  switch (format) {
    case type::v1::FORMAT_DATE:
      return Unless(calendar::Date::Parse(text).has_value(), "Send an existing day as YYYY-MM-DD.");
    case type::v1::FORMAT_DECIMAL:
      return Unless(money::Decimal::Parse(text).has_value(),
                    "Send a decimal with at most 18 digits before and 8 after the point, like "
                    "\"12.50\".");
    case type::v1::FORMAT_CURRENCY:
      return Unless(money::Currency::Parse(text).has_value(),
                    "Send a currency's ISO 4217 code, like \"EUR\".");
    case type::v1::FORMAT_COUNTRY:
      return Unless(IsCountry(text), "Send a country's ISO 3166-1 code, like \"NL\".");
    case type::v1::FORMAT_TIME_ZONE:
      return Unless(calendar::Zone::Find(text).has_value(),
                    "Send the IANA name of a time zone, like \"Europe/Amsterdam\".");
    case type::v1::FORMAT_EMAIL:
      return Unless(IsEmail(text), "Send an e-mail address, like \"ada@example.com\".");
    case type::v1::FORMAT_URL:
      return Unless(IsUrl(text), "Send an absolute URL, like \"https://example.com/hook\".");
    case type::v1::FORMAT_CODE:
      return Unless(Consists(text, kCodeCharacters),
                    "Use letters, digits, '.', '-' and '_' only.");
    case type::v1::FORMAT_PERMISSION:
      return Unless(IsPermission(text), "Send a permission, like \"quotes.read\" or \"quotes.*\".");
    default:
      return std::nullopt;
  }
}

}  // namespace continuo::json
