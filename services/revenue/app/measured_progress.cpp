#include "services/revenue/app/measured_progress.h"

#include "continuo/revenue/v1/calculations.pb.h"
#include "libs/calculations/figures.h"

namespace continuo::revenue::app {

using calculations::ReadDecimal;

Result<money::Ratio> ProgressOf(const v1::MeasuredProgress& measure, const std::string& pointer) {
  ASSIGN_OR_RETURN(const auto done, ReadDecimal(measure.done(), pointer + "/done"));
  ASSIGN_OR_RETURN(const auto whole, ReadDecimal(measure.whole(), pointer + "/whole"));
  if (done > whole) {
    return Invalid(pointer + "/done", "OUT_OF_RANGE", "No more is done than the whole.");
  }
  return done / whole;
}

}  // namespace continuo::revenue::app
