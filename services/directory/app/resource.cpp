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

}  // namespace continuo::directory::app
