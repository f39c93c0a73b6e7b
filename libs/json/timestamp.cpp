#include "libs/json/timestamp.h"

#include <google/protobuf/timestamp.pb.h>

namespace continuo::json {

google::protobuf::Timestamp ToTimestamp(calendar::Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds.time_since_epoch().count());
  timestamp.set_nanos(static_cast<int>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(instant - seconds).count()));
  return timestamp;
}

calendar::Instant ToInstant(const google::protobuf::Timestamp& timestamp) {
  return calendar::Instant(std::chrono::seconds(timestamp.seconds()) +
                           std::chrono::microseconds(timestamp.nanos() / 1000));
}

}  // namespace continuo::json
