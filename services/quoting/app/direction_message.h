// A direction as the API spells it.
#pragma once

#include "services/quoting/domain/trajectory.h"

namespace continuo::quoting::v1 {
enum Direction : int;
}

namespace continuo::quoting::app {

v1::Direction ToProto(domain::Direction direction);

}  // namespace continuo::quoting::app
