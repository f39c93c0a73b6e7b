#include <curl/curl.h>

#include <memory>

#include "services/gateway/oidc/token_verifier.h"

namespace continuo::gateway::oidc {
namespace {

constexpr size_t kDocumentMax = 256 << 10;
constexpr long kTimeoutSeconds = 5;

size_t Append(char* bytes, size_t, size_t count, void* target) {
  auto* document = static_cast<std::string*>(target);
  if (document->size() + count > kDocumentMax) return 0;  // curl gives up: CURLE_WRITE_ERROR
  document->append(bytes, count);
  return count;
}

}  // namespace

Result<std::string> FetchDocument(const std::string& url, bool plain_http) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  std::string document;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, plain_http ? "https,http" : "https");
  curl_easy_setopt(handle.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs is not waited for
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &document);
  const CURLcode outcome = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (outcome != CURLE_OK || status != 200) {
    return IssuerIsAway();
  }
  return document;
}

}  // namespace continuo::gateway::oidc
