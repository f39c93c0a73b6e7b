// Reading one resource, the same for each kind.
//
//   ASSIGN_OR_RETURN(const auto user, Load<v1::User>(tx, sql::select_user, {"user", "usr"}, id));
#pragma once

#include <string>
#include <string_view>

#include "libs/json/timestamp.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "libs/result/result.h"

namespace continuo::directory::app {

struct Kind {
  std::string_view noun;    // "user"
  std::string_view prefix;  // "usr"
};

// The rows of `select` with this id: none or one. A malformed id is none.
postgres::Rows FindById(postgres::Transaction& tx, const postgres::Statement& select,
                        std::string_view prefix, std::string_view id);

template <class Message>
Result<Message> Load(postgres::Transaction& tx, const postgres::Statement& select, Kind kind,
                     const std::string& id) {
  const postgres::Rows rows = FindById(tx, select, kind.prefix, id);
  if (rows.empty()) return NotFound(kind.noun, id);
  Message message;
  postgres::Fill(rows.front(), &message);
  return message;
}

using json::ToInstant;
using json::ToTimestamp;

}  // namespace continuo::directory::app
