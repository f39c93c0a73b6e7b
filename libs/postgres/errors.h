// What a statement can throw. Database makes Faults of all but StatementFailed; a use case catches
// a violation only when it knows a better answer than the general one.
//
//   try {
//     tx.Run(sql::insert_product, id, code);
//   } catch (const postgres::UniqueViolation& violation) {
//     if (violation.constraint() == "product_code_key") return ProductCodeTaken(code);
//     throw;
//   }
//
// After a violation the transaction can only be rolled back: return a Fault, or run the part that
// may fail inside Transaction::Nested.
#pragma once

#include <stdexcept>
#include <string>

namespace continuo::postgres {

class ConstraintViolation : public std::runtime_error {
 public:
  ConstraintViolation(const std::string& message, std::string constraint)
      : std::runtime_error(message), constraint_(std::move(constraint)) {}
  const std::string& constraint() const { return constraint_; }

 private:
  std::string constraint_;
};

// Uncaught: ALREADY_EXISTS.
struct UniqueViolation : ConstraintViolation {
  using ConstraintViolation::ConstraintViolation;
};
// Uncaught: REFERENCE_NOT_FOUND.
struct ForeignKeyViolation : ConstraintViolation {
  using ConstraintViolation::ConstraintViolation;
};
// CHECK, NOT NULL and EXCLUDE. Uncaught: INTERNAL, since validation should have come first.
struct CheckViolation : ConstraintViolation {
  using ConstraintViolation::ConstraintViolation;
};

// The connection is gone or cannot be made, or the server has no room to work. Uncaught: UNAVAILABLE.
struct ConnectionLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// COMMIT was sent and its answer was lost. Database resolves it; see database.h.
struct InDoubt : ConnectionLost {
  using ConnectionLost::ConnectionLost;
};
// Postgres asks for the whole transaction to be run again (40001, 40P01). Database does.
struct SerializationFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// The call's deadline or the statement timeout has passed. Uncaught: DEADLINE_EXCEEDED.
struct StatementTimeout : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// A lock was not granted within lock_timeout. Uncaught: ABORTED, CONFLICT.
struct LockTimeout : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Any other refusal by Postgres: our own bug (a syntax error, a type that does not fit) or broken
// infrastructure (disk full); sqlstate says which. It goes through Database to whoever answers the
// call, who logs it and answers INTERNAL.
class StatementFailed : public std::runtime_error {
 public:
  StatementFailed(const std::string& message, std::string sqlstate)
      : std::runtime_error(message), sqlstate_(std::move(sqlstate)) {}
  const std::string& sqlstate() const { return sqlstate_; }

 private:
  std::string sqlstate_;
};

}  // namespace continuo::postgres
