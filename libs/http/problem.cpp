#include "libs/http/problem.h"

#include <fmt/format.h>

#include <random>

#include "continuo/type/v1/errors.pb.h"

namespace continuo::http {
namespace {

bool IsTemporary(int status) { return status == 503 || status == 504; }

}  // namespace

Response RenderProblem(std::string_view code, std::string_view request_id) {
  const auto* value = type::v1::CommonError_descriptor()->FindValueByName(std::string(code));
  if (value == nullptr) value = type::v1::CommonError_descriptor()->FindValueByName("INTERNAL");
  const type::v1::ErrorRule& rule = value->options().GetExtension(type::v1::error);
  // Titles, remedies and codes are plain ASCII without quotes: nothing to escape.
  Response response;
  response.status = rule.status();
  response.body = fmt::format(
      R"({{"type":"about:blank","title":"{}","status":{},"detail":"{}","instance":"{}",)"
      R"("code":"{}","request_id":"{}","errors":[]}})",
      rule.title(), rule.status(), rule.remedy(), request_id, value->name(), request_id);
  response.headers = {{"content-type", "application/problem+json"},
                      {"x-request-id", std::string(request_id)}};
  if (IsTemporary(rule.status())) response.headers.push_back({"retry-after", "1"});
  return response;
}

std::string NewRequestId() {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  thread_local std::random_device random;
  std::string id = "req_";
  while (id.size() < 30) {
    uint32_t bits = random();
    for (int i = 0; i < 6 && id.size() < 30; ++i, bits >>= 5) id += kAlphabet[bits & 31];
  }
  return id;
}

}  // namespace continuo::http
