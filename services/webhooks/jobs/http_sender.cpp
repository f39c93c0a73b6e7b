#include "services/webhooks/jobs/http_sender.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "libs/calendar/zone.h"
#include "services/webhooks/domain/retry_schedule.h"
#include "services/webhooks/domain/signature.h"
#include "services/webhooks/domain/url.h"

namespace continuo::webhooks::jobs {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

// An answer's body is of no use; more than this is not even waited for.
constexpr std::size_t kAnswerMax = 64 * 1024;
constexpr std::size_t kAnswerHeadersMax = 40;
constexpr std::size_t kAnswerHeaderLength = 500;
constexpr long kConnectionsKept = 256;

std::string AddressText(const curl_sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  const auto* any = &address.addr;
  const void* bytes = nullptr;
  if (any->sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(any)->sin_addr;
  if (any->sa_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6*>(any)->sin6_addr;
  if (bytes == nullptr || inet_ntop(any->sa_family, bytes, text, sizeof text) == nullptr) return "";
  return text;
}

std::string ErrorName(CURLcode code, bool denied) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "unresolved";
    case CURLE_COULDNT_CONNECT:
      return denied ? "address_denied" : "refused";
    case CURLE_OPERATION_TIMEDOUT:
      return "timeout";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
      return "tls";
    default:
      return "broken";
  }
}

// What a receiver says comes into the attempt log: bounded, and in plain letters.
std::string Shown(std::string_view text) {
  std::string shown(text.substr(0, kAnswerHeaderLength));
  std::ranges::replace_if(shown, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return shown;
}

calendar::Instant Now() {
  return std::chrono::floor<std::chrono::microseconds>(system_clock::now());
}

}  // namespace

struct HttpSender::Transfer {
  app::ClaimedDelivery delivery;
  bool sandbox = false;
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  calendar::Instant started_at;
  steady_clock::time_point began;
  bool denied = false;  // an address that it must not be sent to
  std::size_t answer_size = 0;
  std::optional<std::chrono::seconds> retry_after;
  app::Headers request_headers{};
  app::Headers response_headers{};

  ~Transfer() {
    curl_slist_free_all(headers);
    if (easy != nullptr) curl_easy_cleanup(easy);
  }

  void AddHeader(const std::string& name, const std::string& value) {
    headers = curl_slist_append(headers, (name + ": " + value).c_str());
    request_headers.push_back({name, value});
  }

  void AddHeaders() {
    const auto timestamp =
        std::chrono::floor<std::chrono::seconds>(started_at).time_since_epoch().count();
    AddHeader("Content-Type", "application/cloudevents+json");
    AddHeader("User-Agent", "Continuo-Webhooks/1");
    AddHeader("webhook-id", delivery.event_id);
    AddHeader("webhook-timestamp", std::to_string(timestamp));
    AddHeader("webhook-signature",
              domain::Sign(delivery.secrets, delivery.event_id, timestamp, delivery.body));
    headers = curl_slist_append(headers, "Expect:");  // curl adds none
  }

  void Configure(std::chrono::milliseconds timeout) {
    curl_easy_setopt(easy, CURLOPT_URL, delivery.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, sandbox ? "http,https" : "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A look-up that hangs is left behind rather than waited for.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(delivery.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, delivery.body.data());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::Open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::TakeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::TakeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  }

  // Where the check of the address is: nothing is connected to but through here.
  static curl_socket_t Open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!domain::MayConnect(AddressText(*address), transfer.sandbox)) {
      transfer.denied = true;
      return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  static std::size_t TakeBody(char*, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.answer_size += size * count;
    return transfer.answer_size > kAnswerMax ? 0 : size * count;  // 0 ends the transfer
  }

  static std::size_t TakeHeader(char* data, std::size_t size, std::size_t count, void* self) {
    std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) static_cast<Transfer*>(self)->response_headers.clear();
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with("HTTP/")) return size * count;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    line.remove_prefix(colon + 1);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front()))) {
      line.remove_prefix(1);
    }
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) {
      line.remove_suffix(1);
    }
    auto& transfer = *static_cast<Transfer*>(self);
    if (name == "retry-after") transfer.retry_after = domain::ReadRetryAfter(line);
    if (transfer.response_headers.size() < kAnswerHeadersMax) {
      transfer.response_headers.push_back({Shown(name), Shown(line)});
    }
    return size * count;
  }
};

HttpSender::HttpSender(HttpSenderConfig config) : config_(config), multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::runtime_error("libcurl cannot be started");
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kConnectionsKept);
}

HttpSender::~HttpSender() {
  Abandon();
  curl_multi_cleanup(multi_);
}

void HttpSender::Start(app::ClaimedDelivery delivery) {
  auto transfer = std::make_unique<Transfer>();
  transfer->easy = curl_easy_init();
  if (transfer->easy == nullptr) throw std::runtime_error("libcurl has no handle");
  transfer->delivery = std::move(delivery);
  transfer->sandbox = config_.sandbox;
  transfer->started_at = Now();
  transfer->began = steady_clock::now();
  transfer->AddHeaders();
  transfer->Configure(config_.timeout);
  ++sending_[transfer->delivery.endpoint_id];
  curl_multi_add_handle(multi_, transfer->easy);
  CURL* const easy = transfer->easy;
  transfers_[easy] = std::move(transfer);
}

app::Attempt HttpSender::Finish(Transfer& transfer, int curl_code) {
  const auto code = static_cast<CURLcode>(curl_code);
  long status = 0;
  curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &status);
  // The answer counts as soon as its status is there, save when it then hangs.
  if (code != CURLE_OK && code != CURLE_WRITE_ERROR) status = 0;
  app::Attempt attempt{.delivery = std::move(transfer.delivery),
                       .started_at = transfer.started_at,
                       .duration = std::chrono::duration_cast<std::chrono::milliseconds>(
                           steady_clock::now() - transfer.began),
                       .http_status = static_cast<int>(status),
                       .retry_after = transfer.retry_after,
                       .request_headers = std::move(transfer.request_headers),
                       .response_headers = std::move(transfer.response_headers)};
  if (status == 0) attempt.error = ErrorName(code, transfer.denied);
  return attempt;
}

std::vector<app::Attempt> HttpSender::Poll(std::chrono::milliseconds wait) {
  int running = 0;
  curl_multi_perform(multi_, &running);
  if (running > 0) {
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    curl_multi_perform(multi_, &running);
  }
  std::vector<app::Attempt> ended;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto transfer = transfers_.extract(easy);
    ended.push_back(Finish(*transfer.mapped(), code));
    curl_multi_remove_handle(multi_, easy);
    const auto sending = sending_.find(ended.back().delivery.endpoint_id);
    if (--sending->second == 0) sending_.erase(sending);
  }
  return ended;
}

std::vector<app::ClaimedDelivery> HttpSender::Abandon() {
  std::vector<app::ClaimedDelivery> abandoned;
  for (auto& [easy, transfer] : transfers_) {
    curl_multi_remove_handle(multi_, easy);
    abandoned.push_back(std::move(transfer->delivery));
  }
  transfers_.clear();
  sending_.clear();
  return abandoned;
}

}  // namespace continuo::webhooks::jobs
