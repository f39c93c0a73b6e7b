// A small client of our own REST API: what any integrator would write in an afternoon.
#pragma once

#include <rapidjson/document.h>

#include <string>

namespace continuo::demo {

struct Answer {
  int status = 0;
  std::string request_id;
  std::string etag;
  rapidjson::Document body;

  // The text at a path of member names and indexes: Text("lines/0/id"). Throws when it is absent.
  std::string Text(const std::string& path) const;
};

class RestClient {
 public:
  RestClient(std::string url, std::string key);
  // The same server, as somebody else.
  RestClient As(std::string key) const { return RestClient(url_, std::move(key)); }

  Answer Get(const std::string& path);
  // With a fresh Idempotency-Key; `etag` goes as If-Match when it is not empty. Anything but 2xx is
  // an exception that shows the problem.
  Answer Post(const std::string& path, const std::string& json, const std::string& etag = {});
  Answer Patch(const std::string& path, const std::string& json, const std::string& etag);

  // Waits until everything that followed from the request is done; the types of its events, in
  // order, separated by commas.
  std::string AwaitFollowUps(const std::string& request_id);

 private:
  Answer Send(const std::string& method, const std::string& path, const std::string& json,
              const std::string& etag);

  std::string url_, key_;
};

}  // namespace continuo::demo
