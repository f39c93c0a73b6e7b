// Progress as a request of a calculation gives it: what is done of the whole.
#pragma once

#include <string>

#include "libs/money/ratio.h"
#include "libs/result/result.h"

namespace continuo::revenue::v1 {
class MeasuredProgress;
}

namespace continuo::revenue::app {

// Between 0 and 1; `pointer` names the measure in the request.
Result<money::Ratio> ProgressOf(const v1::MeasuredProgress& measure, const std::string& pointer);

}  // namespace continuo::revenue::app
