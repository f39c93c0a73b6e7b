// Errors are values: a Result<T> is a T or the Fault that says why there is none.
//
//   Result<Issued> Issue(const Invoice& draft, Date today) {
//     if (draft.lines.empty()) return InvoiceHasNoLines(draft.id);
//     ...
//   }
//   ASSIGN_OR_RETURN(auto issued, Issue(draft, today));
//
// A Fault is what a caller can act on. Exceptions are for broken infrastructure only (a lost
// database connection), asserts for our own bugs only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace continuo {

// The canonical codes of gRPC, with gRPC's numbers. How each becomes an HTTP status is decided in
// one place, libs/rpc/http_status.h.
enum class Code {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
  kUnauthenticated = 16,
};

// One thing wrong with one field of the request.
struct Violation {
  std::string pointer;  // RFC 6901, into the request body: "/lines/0/quantity"
  std::string code;     // UPPER_SNAKE: "REQUIRED"
  std::string detail;   // a sentence with the remedy
};

struct Fault {
  Code code = Code::kInternal;
  std::string reason;   // UPPER_SNAKE, stable, declared in a proto's errors enum
  std::string message;  // says what is wrong and what to do
  std::map<std::string, std::string> metadata;  // every dynamic part of the message
  std::vector<Violation> violations;
};

template <class T>
using Result = tl::expected<T, Fault>;

// Shorthands for the faults that domain code makes. Each is convertible to any Result<T>.
using Failure = tl::unexpected<Fault>;
using Metadata = std::map<std::string, std::string>;

// The request itself is wrong, whatever the state: 400.
Failure Invalid(std::string pointer, std::string code, std::string detail);
Failure Invalid(std::vector<Violation> violations);
// The request is fine, the state does not allow it: 409.
Failure FailedPrecondition(std::string reason, std::string message, Metadata metadata = {});
// Someone else was faster; reading again and retrying may work: 409.
Failure Aborted(std::string reason, std::string message, Metadata metadata = {});
// The thing named in the path does not exist, or must look so: 404.
Failure NotFound(std::string_view resource, std::string_view id);
Failure PermissionDenied(std::string reason, std::string message, Metadata metadata = {});
Failure Unavailable(std::string reason, std::string message);
Failure Internal(std::string message);

}  // namespace continuo

#define CONTINUO_JOIN_INNER(a, b) a##b
#define CONTINUO_JOIN(a, b) CONTINUO_JOIN_INNER(a, b)
#define CONTINUO_ASSIGN_OR_RETURN(temporary, target, expression) \
  auto temporary = (expression);                                 \
  if (!temporary) return tl::unexpected(std::move(temporary).error()); \
  target = std::move(*temporary)
// `target` is a declaration or an lvalue: ASSIGN_OR_RETURN(auto price, ReadPrice(text));
#define ASSIGN_OR_RETURN(target, expression) \
  CONTINUO_ASSIGN_OR_RETURN(CONTINUO_JOIN(result_, __LINE__), target, expression)
#define RETURN_IF_FAULT(expression)                                                   \
  if (auto CONTINUO_JOIN(result_, __LINE__) = (expression); !CONTINUO_JOIN(result_, __LINE__)) \
  return tl::unexpected(std::move(CONTINUO_JOIN(result_, __LINE__)).error())
