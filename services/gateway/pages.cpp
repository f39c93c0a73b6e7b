#include "services/gateway/pages.h"

#include <fstream>
#include <sstream>

#include "services/gateway/content_coding.h"
#include "services/gateway/describe/openapi.h"

namespace continuo::gateway {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return file ? text.str() : std::string();
}

}  // namespace

Pages::Pages(const Routes& routes, const std::string& docs_directory) {
  Add("/openapi.json", "application/json", OpenApiDocument(routes));
  Add("/docs", "text/html; charset=utf-8", ReferencePage());
  Add("/docs/errors", "text/html; charset=utf-8", ErrorsPage());
  Add("/docs/redoc.js", "text/javascript; charset=utf-8",
      ReadFile(docs_directory + "/redoc.standalone.js"));
}

void Pages::Add(const std::string& path, std::string content_type, std::string text) {
  if (text.empty()) return;
  std::string deflated = Gzip(text);
  pages_.emplace(path, Page{std::move(content_type), std::move(text), std::move(deflated)});
}

std::optional<http::Response> Pages::Find(const http::Request& request) const {
  const auto found = pages_.find(request.path);
  if (found == pages_.end()) return std::nullopt;
  const Page& page = found->second;
  http::Response response{.status = 200,
                          .headers = {{"Content-Type", page.content_type},
                                      {"X-Content-Type-Options", "nosniff"},
                                      {"Cache-Control", "public, max-age=300"},
                                      {"Vary", "Accept-Encoding"}}};
  if (!AcceptsGzip(http::FindHeader(request.headers, "accept-encoding"))) {
    response.body = page.plain;
    return response;
  }
  response.headers.push_back({"Content-Encoding", "gzip"});
  response.body = page.deflated;
  return response;
}

}  // namespace continuo::gateway
