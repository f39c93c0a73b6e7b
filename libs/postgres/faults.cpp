#include "libs/postgres/faults.h"

namespace continuo::postgres {

Failure FaultOf(const ConstraintViolation& violation) {
  if (dynamic_cast<const UniqueViolation*>(&violation) != nullptr) {
    return Failure(
        Fault{.code = Code::kAlreadyExists,
              .reason = "ALREADY_EXISTS",
              .message = "Something with these values exists already. Use it, or other values."});
  }
  if (dynamic_cast<const ForeignKeyViolation*>(&violation) != nullptr) {
    return Failure(
        Fault{.code = Code::kInvalidArgument,
              .reason = "REFERENCE_NOT_FOUND",
              .message = "The request names something that does not exist. Check its ids."});
  }
  return Failure(Fault{.code = Code::kInternal,
                       .reason = "INTERNAL",
                       .message = "An error on our side: a value was refused by the database."});
}

Failure ServerUnavailable() {
  return Unavailable("UNAVAILABLE",
                     "The database cannot be reached. Repeat the request in a moment.");
}

Failure OutcomeUnknown() {
  return Unavailable(
      "UNAVAILABLE",
      "The connection to the database broke while the change was being committed, and "
      "whether it was cannot be told yet. Repeat the request as it was.");
}

Failure DeadlineExceeded() {
  return Failure(Fault{.code = Code::kDeadlineExceeded,
                       .reason = "DEADLINE_EXCEEDED",
                       .message = "It took longer than the caller allows, and nothing was changed. "
                                  "Repeat it, or ask for less at once."});
}

Failure Contended() {
  return Aborted("CONFLICT", "Others are changing the same things. Read them again and repeat.");
}

}  // namespace continuo::postgres
