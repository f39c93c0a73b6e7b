// `continuo listen`: events as they happen, in a terminal, and on to a URL of the developer's own.
//
//   continuo listen --key-file admin_key --type 'invoice.*' --forward http://127.0.0.1:3000/hooks
//
// Over the public interface only, by a key like any integrator's: it sees what that key sees, and no
// endpoint has to be made, nor be reachable. What it forwards looks like a webhook: the same body,
// the same headers, signed with a secret that it shows, or is given. It sends each event once.
#include <curl/curl.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include "continuo/commands.h"
#include "continuo/demo/rest_client.h"
#include "services/webhooks/sign.h"

namespace continuo {
namespace {

using std::chrono::steady_clock;

constexpr int kWaitSeconds = 20;
constexpr std::chrono::seconds kRest{1};  // after a refusal or a broken connection
constexpr long kForwardTimeoutMs = 15'000;

volatile std::sig_atomic_t stopped = 0;

std::string Encoded(const std::string& text) {
  const std::unique_ptr<char, decltype(&curl_free)> escaped(
      curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size())), curl_free);
  return escaped.get();
}

std::string PathFrom(const ListenOptions& options, const std::string& after, int wait) {
  std::string path = "/v1/events?limit=100&after=" + after + "&wait=" + std::to_string(wait);
  for (const std::string& type : options.types) path += "&type[]=" + Encoded(type);
  return path;
}

std::string TextOf(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

size_t Ignore(char*, size_t size, size_t count, void*) { return size * count; }

// What became of it, in a word or two.
std::string Forward(const std::string& url, const std::string& secret, const std::string& id,
                    const std::string& body) {
  const auto timestamp = std::chrono::duration_cast<std::chrono::seconds>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  curl_slist* headers = nullptr;
  for (const std::string& line :
       {std::string("Content-Type: application/cloudevents+json"), "webhook-id: " + id,
        "webhook-timestamp: " + std::to_string(timestamp),
        "webhook-signature: " + webhooks::Sign(secret, id, timestamp, body)}) {
    headers = curl_slist_append(headers, line.c_str());
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owner(headers,
                                                                          curl_slist_free_all);
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, Ignore);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, kForwardTimeoutMs);
  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return curl_easy_strerror(code);
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return std::to_string(status);
}

void Show(const ListenOptions& options, const rapidjson::Value& event, const std::string& outcome) {
  if (options.json) {
    std::printf("%s\n", TextOf(event).c_str());
    return;
  }
  std::printf("%8s  %s  %-36s %s%s%s\n", event["position"].GetString(), event["time"].GetString(),
              event["type"].GetString(), event["subject"].GetString(),
              outcome.empty() ? "" : "  -> ", outcome.c_str());
}

// The position up to which all is shown now.
std::string ShowPage(const ListenOptions& options, const std::string& secret,
                     const rapidjson::Document& page, std::string after) {
  for (const rapidjson::Value& event : page["data"].GetArray()) {
    std::string outcome;
    if (!options.forward.empty()) {
      outcome = Forward(options.forward, secret, event["id"].GetString(), TextOf(event));
    }
    Show(options, event, outcome);
    after = event["position"].GetString();
  }
  std::fflush(stdout);
  return after;
}

}  // namespace

int Listen(const ListenOptions& options) {
  std::string key;
  std::ifstream(options.key_file) >> key;
  if (key.empty()) {
    std::fprintf(stderr, "There is no key in %s.\n", options.key_file.c_str());
    return 2;
  }
  const std::string secret = options.secret.empty() ? webhooks::NewSecret() : options.secret;
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stopped = 1; });
  demo::RestClient client(options.url, key);
  std::string after = options.after;
  // The first answer must come: a wrong URL or key is told at once.
  if (after.empty()) after = client.Get(PathFrom(options, "0", 0)).Text("head");
  if (!options.forward.empty()) {
    std::fprintf(stderr, "Events go on to %s, signed with %s\n", options.forward.c_str(),
                 secret.c_str());
  }
  std::fprintf(stderr, "Listening after position %s.\n", after.c_str());
  while (stopped == 0) {
    try {
      after = ShowPage(options, secret, client.Get(PathFrom(options, after, kWaitSeconds)).body,
                       after);
    } catch (const std::exception& error) {
      if (stopped != 0) break;
      std::fprintf(stderr, "%s\n", error.what());
      std::this_thread::sleep_for(kRest);
    }
  }
  return 0;
}

}  // namespace continuo
