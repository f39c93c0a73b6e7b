// What is served beside the API itself: /openapi.json, the reference page under /docs, the error codes.
//
// Each is made once, with its deflated form, since the document alone is larger than all else that the
// edge sends.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "libs/http/message.h"

namespace continuo::gateway {

class Routes;

class Pages {
 public:
  // `docs_directory` holds the reference page's script.
  Pages(const Routes& routes, const std::string& docs_directory);

  // None: the request is for something else.
  std::optional<http::Response> Find(const http::Request& request) const;

 private:
  struct Page {
    std::string content_type;
    std::string plain;
    std::string deflated;
  };
  void Add(const std::string& path, std::string content_type, std::string text);

  std::map<std::string, Page, std::less<>> pages_;  // by path
};

}  // namespace continuo::gateway
