#include "services/directory/app/resource.h"

#include <google/protobuf/timestamp.pb.h>

#include "libs/ids/type_id.h"

namespace continuo::directory::app {

postgres::Rows FindById(postgres::Transaction& tx, const postgres::Statement& select,
                        std::string_view prefix, std::string_view id) {
  const auto uuid = ids::ParseTypeId(prefix, id);
  const postgres::Parameter parameter =
      uuid ? postgres::Parameter(*uuid) : postgres::Parameter(nullptr);
  const std::string text =
      "SELECT * FROM (" + std::string(select.text) + ") AS found WHERE id = $1";
  return tx.RunDynamic(text, std::span(&parameter, 1));
}

calendar::Instant ToInstant(const google::protobuf::Timestamp& timestamp) {
  return calendar::Instant(std::chrono::seconds(timestamp.seconds()) +
                           std::chrono::microseconds(timestamp.nanos() / 1000));
}

google::protobuf::Timestamp ToTimestamp(calendar::Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds.time_since_epoch().count());
  timestamp.set_nanos(static_cast<int>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(instant - seconds).count()));
  return timestamp;
}

}  // namespace continuo::directory::app
