#include "libs/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "libs/http/target.h"

namespace continuo::http {
namespace {

namespace beast = boost::beast;
using ErrorCode = beast::error_code;

// Of a 64-bit number.
constexpr size_t kChunkSizeDigits = 16;

constexpr const char* kMalformed = "MALFORMED_REQUEST";
constexpr const char* kNotImplemented = "UNIMPLEMENTED";

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsKnownMethod(std::string_view method) {
  // The last two are known so that whoever owns the path can answer that it has others (405).
  for (std::string_view known :
       {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"}) {
    if (method == known) return true;
  }
  return false;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "host", "host:8080", "[2001:db8::1]:8080" or nothing; never a list, a path, credentials or escapes.
bool IsHost(std::string_view host) {
  constexpr size_t kPortDigits = 5;
  const bool is_literal = host.starts_with('[');
  const size_t end = is_literal ? host.find(']') : std::min(host.find(':'), host.size());
  if (end == std::string_view::npos) return false;
  const std::string_view name = host.substr(is_literal ? 1 : 0, is_literal ? end - 1 : end);
  const std::string_view allowed =
      is_literal ? "0123456789abcdefABCDEF:."
                 : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~";
  if (name.find_first_not_of(allowed) != std::string_view::npos) return false;
  const std::string_view port = host.substr(is_literal ? end + 1 : end);
  if (port.empty()) return !is_literal || !name.empty();
  return !name.empty() && port.front() == ':' && port.size() <= 1 + kPortDigits &&
         IsDigits(port.substr(1));
}

// Of a list between commas, without the white space around.
std::vector<std::string_view> Items(std::string_view list) {
  std::vector<std::string_view> items;
  for (bool last = false; !last;) {
    size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
    while (item.ends_with(' ') || item.ends_with('\t')) item.remove_suffix(1);
    items.push_back(item);
    last = comma == std::string_view::npos;
    list.remove_prefix(last ? list.size() : comma + 1);
  }
  return items;
}

bool HasToken(std::string_view list, std::string_view token) {
  const auto items = Items(list);
  return std::find(items.begin(), items.end(), token) != items.end();
}

// Null for `chunked` alone. Codings that end in one `chunked` have an end that can be found, and are
// not understood here; anything else has none (RFC 9112 section 6.3).
const char* RefusalOfCodings(std::string_view codings) {
  const auto items = Items(codings);
  const bool framed = items.back() == "chunked" &&
                      std::count(items.begin(), items.end(), "chunked") == 1 &&
                      std::count(items.begin(), items.end(), "") == 0;
  if (!framed) return kMalformed;
  return items.size() == 1 ? nullptr : kNotImplemented;
}

// What can be said of the raw bytes of a head, complete or not, before a parser smooths them over.
// Bytes before `from` have been looked at.
bool IsRawHeadSound(std::string_view head, size_t from) {
  for (size_t i = from; i < head.size(); ++i) {
    char c = head[i];
    if (c == '\0') return false;
    if (c == '\n' && (i == 0 || head[i - 1] != '\r')) return false;
    if (c == '\r' && i + 1 < head.size() && head[i + 1] != '\n') return false;
    bool folded = c == '\n' && i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t');
    if (folded) return false;
  }
  return true;
}

// A request line that is sound but for its version.
bool HasForeignVersion(std::string_view head) {
  std::string_view line = head.substr(0, head.find('\r'));
  size_t space = line.rfind(' ');
  if (space == std::string_view::npos || line.size() != space + 9) return false;
  std::string_view version = line.substr(space + 1);
  return version.starts_with("HTTP/") && IsDigits(version.substr(5, 1)) && version[6] == '.' &&
         IsDigits(version.substr(7)) && version != "HTTP/1.1" && version != "HTTP/1.0";
}

}  // namespace

class RequestParser::Impl : private beast::http::basic_parser<true> {
 public:
  explicit Impl(const Limits& limits) : limits_(limits) {
    // The limits are kept here: Beast's differ between its versions.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(std::numeric_limits<std::uint64_t>::max());
  }

  Progress Parse(std::string_view bytes, size_t* taken) {
    *taken = 0;
    Progress progress = is_header_done() ? ParseBody(bytes, taken) : ParseHead(bytes, taken);
    return refusal_ == nullptr ? progress : kRefused;
  }

  void LimitBody(size_t bytes) {
    body_bytes_max_ = bytes;
    if (declared_bytes_ && *declared_bytes_ > bytes) refusal_ = "BODY_TOO_LARGE";
  }

  const char* refusal() const { return refusal_; }
  Request& request() { return request_; }
  bool keep_alive() const { return keep_alive_; }
  bool is_http11() const { return is_http11_; }
  bool expects_continue() const { return expects_continue_ && !is_done(); }

 private:
  Progress Refuse(const char* code) {
    refusal_ = code;
    return kRefused;
  }

  Progress ParseHead(std::string_view bytes, size_t* taken) {
    size_t end = bytes.find("\r\n\r\n", searched_ < 3 ? 0 : searched_ - 3);
    bool complete = end != std::string_view::npos;
    std::string_view head = complete ? bytes.substr(0, end + 4) : bytes;
    size_t line = std::min(head.find("\r\n"), head.size());
    if (line == head.size() && head.ends_with('\r')) --line;  // the end of it may be on its way
    if (line > limits_.request_line_bytes) return Refuse("URI_TOO_LONG");
    if (head.size() > limits_.head_bytes) return Refuse("HEADERS_TOO_LARGE");
    if (!IsRawHeadSound(head, searched_ < 1 ? 0 : searched_ - 1)) return Refuse(kMalformed);
    searched_ = bytes.size();
    if (!complete) return kMore;
    ErrorCode error;
    *taken = put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (refusal_ != nullptr) return kRefused;
    if (error) {
      return Refuse(HasForeignVersion(head) ? "HTTP_VERSION_NOT_SUPPORTED" : kMalformed);
    }
    CheckHead();
    if (refusal_ != nullptr) return kRefused;
    return kHead;
  }

  void CheckHead() {
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    for (const Header& header : request_.headers) {
      if (header.name == "host") {
        ++hosts;
        if (!IsHost(header.value)) refusal_ = kMalformed;
      } else if (header.name == "content-length") {
        ++lengths;
        if (!IsDigits(header.value)) refusal_ = kMalformed;
      } else if (header.name == "transfer-encoding") {
        ++encodings;
        if (const char* refusal = RefusalOfCodings(Lower(header.value))) refusal_ = refusal;
      } else if (header.name == "connection") {
        ReadConnection(Lower(header.value));
      } else if (header.name == "expect") {
        if (Lower(header.value) != "100-continue") refusal_ = "EXPECTATION_FAILED";
        expects_continue_ = is_http11_;
      }
    }
    if (hosts > 1 || (is_http11_ && hosts == 0)) refusal_ = kMalformed;
    if (lengths + encodings > 1) refusal_ = kMalformed;
    if (encodings > 0 && !is_http11_) refusal_ = kMalformed;
    if (refusal_ != nullptr) return;
    if (lengths == 1) declared_bytes_ = std::stoull(*FindHeader(request_.headers, "content-length"));
    if (!SplitTarget()) {
      refusal_ = kMalformed;
    } else if (!IsKnownMethod(request_.method)) {
      refusal_ = kNotImplemented;
    }
  }

  void ReadConnection(std::string_view tokens) {
    if (HasToken(tokens, "close")) {
      keep_alive_ = false;
      closes_ = true;
    } else if (HasToken(tokens, "keep-alive") && !closes_) {
      keep_alive_ = true;
    }
  }

  // Origin form, or the asterisk of OPTIONS. Absolute form (to a proxy) could name another host than
  // Host does, authority form (CONNECT) asks for a tunnel: both are refused.
  bool SplitTarget() {
    std::string_view target = target_;
    for (unsigned char c : target) {
      if (c <= ' ' || c >= 0x7F || c == '#') return false;
    }
    if (target == "*") {
      request_.path = "*";
      return request_.method == "OPTIONS";
    }
    size_t question = target.find('?');
    request_.path = target.substr(0, question);
    if (question != std::string_view::npos) request_.query = target.substr(question + 1);
    auto segments = SplitPath(request_.path);
    auto parameters = SplitQuery(request_.query);
    if (!segments || !parameters) return false;
    request_.segments = std::move(*segments);
    request_.parameters = std::move(*parameters);
    return true;
  }

  Progress ParseBody(std::string_view bytes, size_t* taken) {
    if (refusal_ != nullptr) return kRefused;
    while (!is_done() && *taken < bytes.size()) {
      std::string_view rest = bytes.substr(*taken);
      if (chunked() && chunk_bytes_left_ == 0) {
        auto line = WholeChunkLine(rest);
        if (!line) return Refuse(kMalformed);
        if (line->empty()) return kMore;
        rest = *line;
      }
      ErrorCode error;
      size_t used = put(boost::asio::const_buffer(rest.data(), rest.size()), error);
      *taken += used;
      if (refusal_ != nullptr) return kRefused;
      if (error && error != beast::http::error::need_more) return Refuse(kMalformed);
      if (used == 0) return Refuse(kMalformed);
    }
    return is_done() ? kDone : kMore;
  }

  // The end of the chunk before, the size line, and after the last chunk the empty line: nothing at
  // all (null) when the bytes cannot become that, nothing yet (empty) when some are missing. Beast
  // sees it only whole: it asserts when an empty chunked body arrives byte by byte, and would let
  // extensions and trailers through.
  std::optional<std::string_view> WholeChunkLine(std::string_view bytes) const {
    std::string_view rest = bytes;
    constexpr std::string_view kLineEnd = "\r\n";
    auto take_line_end = [&] {
      bool may_become = kLineEnd.starts_with(rest.substr(0, kLineEnd.size()));
      bool whole = rest.starts_with(kLineEnd);
      if (whole) rest.remove_prefix(kLineEnd.size());
      return std::pair(may_become, whole);
    };
    if (!is_first_chunk_) {
      auto [may_become, whole] = take_line_end();
      if (!may_become) return std::nullopt;
      if (!whole) return std::string_view();
    }
    size_t digits = std::min(rest.find_first_not_of("0123456789abcdefABCDEF"), rest.size());
    if (digits > kChunkSizeDigits) return std::nullopt;
    if (digits == 0 && !rest.empty()) return std::nullopt;
    bool is_last = rest.substr(0, digits).find_first_not_of('0') == std::string_view::npos;
    rest.remove_prefix(digits);
    for (int line_ends = is_last ? 2 : 1; line_ends > 0; --line_ends) {
      auto [may_become, whole] = take_line_end();
      if (!may_become) return std::nullopt;
      if (!whole) return std::string_view();
    }
    return bytes.substr(0, bytes.size() - rest.size());
  }

  size_t Append(beast::string_view bytes, ErrorCode& error) {
    if (request_.body.size() + bytes.size() > body_bytes_max_) {
      Fail("BODY_TOO_LARGE", error);
      return 0;
    }
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void Fail(const char* code, ErrorCode& error) {
    refusal_ = code;
    error = beast::http::error::bad_value;
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, ErrorCode&) override {
    request_.method = View(method);
    target_ = View(target);
    is_http11_ = version == 11;
    keep_alive_ = is_http11_;
  }
  void on_response_impl(int, beast::string_view, int, ErrorCode& error) override {
    Fail(kMalformed, error);
  }
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     ErrorCode& error) override {
    if (is_header_done()) return Fail(kMalformed, error);  // a trailer
    if (request_.headers.size() >= limits_.header_count) return Fail("HEADERS_TOO_LARGE", error);
    request_.headers.push_back({Lower(View(name)), std::string(View(value))});
  }
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  size_t on_body_impl(beast::string_view bytes, ErrorCode& error) override {
    return Append(bytes, error);
  }
  void on_chunk_header_impl(std::uint64_t size, beast::string_view extension,
                            ErrorCode& error) override {
    if (!extension.empty()) return Fail(kMalformed, error);
    is_first_chunk_ = false;
    chunk_bytes_left_ = size;
    if (size > body_bytes_max_ || request_.body.size() > body_bytes_max_ - size) {
      Fail("BODY_TOO_LARGE", error);
    }
  }
  size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, ErrorCode& error) override {
    chunk_bytes_left_ -= bytes.size();
    return Append(bytes, error);
  }
  void on_finish_impl(ErrorCode&) override {}

  const Limits& limits_;
  size_t searched_ = 0;  // bytes of the head that hold no end
  std::string target_;
  Request request_;
  const char* refusal_ = nullptr;
  bool keep_alive_ = false;
  bool closes_ = false;
  bool is_http11_ = false;
  bool expects_continue_ = false;
  std::optional<std::uint64_t> declared_bytes_;
  size_t body_bytes_max_ = 0;
  bool is_first_chunk_ = true;
  std::uint64_t chunk_bytes_left_ = 0;
};

RequestParser::RequestParser(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

RequestParser::Progress RequestParser::Parse(std::string_view bytes, size_t* taken) {
  return impl_->Parse(bytes, taken);
}
void RequestParser::LimitBody(size_t bytes) { impl_->LimitBody(bytes); }
const char* RequestParser::refusal() const { return impl_->refusal(); }
const Request& RequestParser::request() const { return impl_->request(); }
bool RequestParser::keep_alive() const { return impl_->keep_alive(); }
bool RequestParser::is_http11() const { return impl_->is_http11(); }
bool RequestParser::expects_continue() const { return impl_->expects_continue(); }
size_t RequestParser::held_bytes() const { return impl_->request().body.capacity(); }
size_t RequestParser::body_bytes() const { return impl_->request().body.size(); }
Request RequestParser::TakeRequest() { return std::move(impl_->request()); }

}  // namespace continuo::http
