// Instants as protobuf holds them, and back. The one place for it.
#pragma once

#include "libs/calendar/zone.h"

namespace google::protobuf {
class Timestamp;
}

namespace continuo::json {

google::protobuf::Timestamp ToTimestamp(calendar::Instant instant);
// Kept to the microsecond.
calendar::Instant ToInstant(const google::protobuf::Timestamp& timestamp);

}  // namespace continuo::json
