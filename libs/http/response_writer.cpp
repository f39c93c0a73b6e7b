#include "libs/http/response_writer.h"

#include <fmt/format.h>

#include <boost/beast/http/status.hpp>
#include <ctime>
#include <iterator>

namespace continuo::http {
namespace {

// Formatted once a second for each thread.
const std::string& HttpDate() {
  thread_local std::time_t formatted_at = 0;
  thread_local std::string text;
  std::time_t now = std::time(nullptr);
  if (now == formatted_at) return text;
  std::tm utc{};
  gmtime_r(&now, &utc);
  char buffer[64];
  text.assign(buffer, std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &utc));
  formatted_at = now;
  return text;
}

void AppendClean(std::string_view value, std::string* out) {
  for (char c : value) {
    bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    if (!control) out->push_back(c);
  }
}

}  // namespace

bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string FormatHead(const Response& response, const HeadFormat& format) {
  namespace beast = boost::beast::http;
  auto reason = beast::obsolete_reason(beast::int_to_status(static_cast<unsigned>(response.status)));
  std::string head;
  head.reserve(256);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                 std::string_view(reason.data(), reason.size()), HttpDate());
  for (const Header& header : response.headers) {
    AppendClean(header.name, &head);
    head += ": ";
    AppendClean(header.value, &head);
    head += "\r\n";
  }
  if (MayHaveBody(response.status)) {
    if (format.framing == Framing::kLength) {
      fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", format.body_bytes);
    } else if (format.framing == Framing::kChunked) {
      head += "Transfer-Encoding: chunked\r\n";
    }
  }
  if (!format.keep_alive) {
    head += "Connection: close\r\n";
  } else if (!format.is_http11) {
    head += "Connection: keep-alive\r\n";
  }
  return head + "\r\n";
}

}  // namespace continuo::http
