#include "libs/result/result.h"

namespace continuo {
namespace {

Failure Fail(Code code, std::string reason, std::string message, Metadata metadata = {}) {
  return Failure(Fault{.code = code,
                       .reason = std::move(reason),
                       .message = std::move(message),
                       .metadata = std::move(metadata)});
}

}  // namespace

Failure Invalid(std::vector<Violation> violations) {
  std::string message = violations.empty() ? "The request is not valid." : violations[0].detail;
  auto failure = Fail(Code::kInvalidArgument, "INVALID_REQUEST", std::move(message));
  failure.value().violations = std::move(violations);
  return failure;
}

Failure Invalid(std::string pointer, std::string code, std::string detail) {
  return Invalid({Violation{std::move(pointer), std::move(code), std::move(detail)}});
}

Failure FailedPrecondition(std::string reason, std::string message, Metadata metadata) {
  return Fail(Code::kFailedPrecondition, std::move(reason), std::move(message),
              std::move(metadata));
}

Failure Aborted(std::string reason, std::string message, Metadata metadata) {
  return Fail(Code::kAborted, std::move(reason), std::move(message), std::move(metadata));
}

Failure NotFound(std::string_view resource, std::string_view id) {
  return Fail(Code::kNotFound, "NOT_FOUND",
              "There is no " + std::string(resource) + " " + std::string(id) +
                  " that you may see. Check the id.",
              {{"resource", std::string(resource)}, {"id", std::string(id)}});
}

Failure PermissionDenied(std::string reason, std::string message, Metadata metadata) {
  return Fail(Code::kPermissionDenied, std::move(reason), std::move(message),
              std::move(metadata));
}

Failure Unavailable(std::string reason, std::string message) {
  return Fail(Code::kUnavailable, std::move(reason), std::move(message));
}

Failure Internal(std::string message) {
  return Fail(Code::kInternal, "INTERNAL", std::move(message));
}

}  // namespace continuo
