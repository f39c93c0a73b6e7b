#include "services/gateway/content_coding.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace continuo::gateway {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, with gzip's header and trailer

std::string_view Trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool IsToken(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](unsigned char a, char b) { return std::tolower(a) == b; });
}

// "q=0", "q=0.0", "q=0.000": the coding is refused.
bool HasNoWeight(std::string_view parameter) {
  parameter = Trimmed(parameter);
  if (parameter.size() < 3 || std::tolower(parameter[0]) != 'q' || parameter[1] != '=') return false;
  return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

Failure MalformedCoding() {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "MALFORMED_CODING",
                       .message = "The body is not one whole gzip stream. Send it again, or plain."});
}

Failure TooLarge(size_t limit) {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "BODY_TOO_LARGE",
                       .message = "The body is larger than " + std::to_string(limit) +
                                  " bytes once inflated. Send less in one request.",
                       .metadata = {{"limit", std::to_string(limit)}}});
}

// Ends zlib's state whichever way its scope is left.
struct Inflater {
  z_stream stream{};
  Inflater() {
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream); }
};

}  // namespace

bool AcceptsGzip(const std::string* accept_encoding) {
  if (accept_encoding == nullptr) return false;
  bool any = false;
  std::string_view rest = *accept_encoding;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto element = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto semicolon = std::min(element.find(';'), element.size());
    const auto coding = Trimmed(element.substr(0, semicolon));
    const bool refused =
        semicolon < element.size() && HasNoWeight(element.substr(semicolon + 1));
    if (IsToken(coding, "gzip") || IsToken(coding, "x-gzip")) return !refused;
    if (coding == "*") any = !refused;
  }
  return any;
}

std::string Gzip(std::string_view body) {
  z_stream stream{};
  // Of 95 kB of quotes level 4 leaves 8.9 kB in 0.74 ms, 6 leaves 8.0 in 0.93, 9 leaves 7.7.
  if (deflateInit2(&stream, 6, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::logic_error("deflateBound was too small");
  return out;
}

struct GzipStream::State {
  z_stream stream{};
  State() {
    if (deflateInit2(&stream, 6, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~State() { deflateEnd(&stream); }
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) {}
GzipStream::~GzipStream() = default;

std::string GzipStream::Add(std::string_view piece, bool last) {
  auto& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
  stream.avail_in = static_cast<uInt>(piece.size());
  std::string out;
  do {
    const size_t before = out.size();
    out.resize(before + 16 * 1024);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    deflate(&stream, last ? Z_FINISH : Z_SYNC_FLUSH);
    out.resize(out.size() - stream.avail_out);
  } while (stream.avail_out == 0);
  return out;
}

Result<std::string> Gunzip(std::string_view body, size_t limit) {
  Inflater inflater;
  auto& stream = inflater.stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  std::string out;
  for (int state = Z_OK; state != Z_STREAM_END;) {
    if (out.size() > limit) return TooLarge(limit);
    const size_t before = out.size();
    // One byte past the limit tells that there is more, without holding it.
    out.resize(std::min(std::max<size_t>(before * 2, 4096), limit + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(stream.total_out);
    const bool starved = state == Z_BUF_ERROR || (state == Z_OK && out.size() == before);
    if (starved || (state != Z_OK && state != Z_STREAM_END)) return MalformedCoding();
  }
  if (out.size() > limit) return TooLarge(limit);
  if (stream.avail_in > 0) return MalformedCoding();  // something follows the stream
  return out;
}

}  // namespace continuo::gateway
