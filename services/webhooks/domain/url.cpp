#include "services/webhooks/domain/url.h"

#include <algorithm>
#include <string>

#include "services/webhooks/domain/address.h"

namespace continuo::webhooks::domain {
namespace {

// "https://[::1]:8443/hook?x" -> "::1"
std::string_view HostOf(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with('[')) return url.substr(1, url.find(']') - 1);
  return url.substr(0, url.find(':'));
}

// What resolvers take for a number, whatever its base: its last part begins with a digit.
bool IsNumeric(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);  // the root's dot
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return host.find(':') != std::string_view::npos ||
         (!last.empty() && last.front() >= '0' && last.front() <= '9');
}

bool IsLocalName(std::string_view host) {
  std::string lower(host);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower == "localhost" || lower.ends_with(".localhost");
}

}  // namespace

bool MayConnect(std::string_view address, bool sandbox) {
  return IsPublic(address) || (sandbox && IsLoopback(address));
}

Result<void> CheckUrl(std::string_view url, bool sandbox) {
  if (!sandbox && !url.starts_with("https://")) {
    return Invalid("/url", "URL_NOT_ALLOWED", "Give an https URL.");
  }
  const std::string_view host = HostOf(url);
  if ((IsNumeric(host) && !MayConnect(host, sandbox)) || (IsLocalName(host) && !sandbox)) {
    return Invalid("/url", "URL_NOT_ALLOWED",
                   "Give a URL whose host is a public name or address.");
  }
  return {};
}

}  // namespace continuo::webhooks::domain
