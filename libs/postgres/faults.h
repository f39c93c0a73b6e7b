// The Fault that each error becomes when the use case does not catch it. For this library's .cpp
// files only. What Postgres said stays here: nothing internal may leak to callers.
#pragma once

#include "libs/postgres/errors.h"
#include "libs/result/result.h"

namespace continuo::postgres {

Failure FaultOf(const ConstraintViolation& violation);
Failure ServerUnavailable();
Failure OutcomeUnknown();
Failure DeadlineExceeded();
Failure Contended();

}  // namespace continuo::postgres
