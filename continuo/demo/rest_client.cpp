#include "continuo/demo/rest_client.h"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "libs/ids/uuid.h"

namespace continuo::demo {
namespace {

constexpr std::chrono::seconds kPatience{60};

size_t AppendBody(char* data, size_t size, size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

size_t ReadHeader(char* data, size_t size, size_t count, void* out) {
  auto* answer = static_cast<Answer*>(out);
  std::string line(data, size * count);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
  const auto colon = line.find(": ");
  if (colon == std::string::npos) return size * count;
  if (line.compare(0, colon, "X-Request-Id") == 0) answer->request_id = line.substr(colon + 2);
  if (line.compare(0, colon, "ETag") == 0) answer->etag = line.substr(colon + 2);
  return size * count;
}

}  // namespace

std::string Answer::Text(const std::string& path) const {
  const rapidjson::Value* value = &body;
  std::stringstream parts(path);
  for (std::string part; std::getline(parts, part, '/');) {
    if (value->IsArray()) {
      const auto index = static_cast<rapidjson::SizeType>(std::stoul(part));
      if (index >= value->Size()) throw std::runtime_error("there is no " + path + " in the answer");
      value = &(*value)[index];
    } else if (value->IsObject() && value->HasMember(part.c_str())) {
      value = &(*value)[part.c_str()];
    } else {
      throw std::runtime_error("there is no " + path + " in the answer");
    }
  }
  if (value->IsString()) return value->GetString();
  if (value->IsInt64()) return std::to_string(value->GetInt64());
  if (value->IsBool()) return value->GetBool() ? "true" : "false";
  return {};
}

RestClient::RestClient(std::string url, std::string key)
    : url_(std::move(url)), key_(std::move(key)) {}

Answer RestClient::Get(const std::string& path) { return Send("GET", path, {}, {}); }

Answer RestClient::Post(const std::string& path, const std::string& json,
                        const std::string& etag) {
  return Send("POST", path, json, etag);
}

Answer RestClient::Patch(const std::string& path, const std::string& json,
                         const std::string& etag) {
  return Send("PATCH", path, json, etag);
}

Answer RestClient::Send(const std::string& method, const std::string& path,
                        const std::string& json, const std::string& etag) {
  Answer answer;
  std::string text;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  curl_slist* headers = nullptr;
  headers = curl_slist_append(headers, ("Authorization: Bearer " + key_).c_str());
  if (method != "GET") {
    headers = curl_slist_append(headers, "Content-Type: application/json");
    headers = curl_slist_append(headers,
                                ("Idempotency-Key: " + ids::NewUuid().ToString()).c_str());
  }
  if (!etag.empty()) headers = curl_slist_append(headers, ("If-Match: " + etag).c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owner(headers,
                                                                          curl_slist_free_all);
  curl_easy_setopt(handle.get(), CURLOPT_URL, (url_ + path).c_str());
  curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  if (method != "GET") {
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, json.c_str());
  }
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, AppendBody);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &text);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, ReadHeader);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &answer);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, 60L);
  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) {
    throw std::runtime_error(method + " " + url_ + path + ": " + curl_easy_strerror(code));
  }
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  answer.body.Parse(text.c_str(), text.size());
  if (answer.status / 100 != 2) {
    throw std::runtime_error(method + " " + path + " answered " + std::to_string(status) + ": " +
                             text);
  }
  return answer;
}

std::string RestClient::AwaitFollowUps(const std::string& request_id) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const Answer answer = Get("/v1/requests/" + request_id);
    if (answer.Text("done") == "true") {
      std::string types;
      std::set<std::string> told;
      for (const auto& event : answer.body["events"].GetArray()) {
        const std::string type = event["type"].GetString();
        if (told.insert(type).second) types += (types.empty() ? "" : ", ") + type;
      }
      return types;
    }
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("what followed from " + request_id + " is not done after a minute");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace continuo::demo
