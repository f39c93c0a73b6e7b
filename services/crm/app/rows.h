// Rows of one resource: read one, lock one for a change, list those that the caller sees.
//
//   ASSIGN_OR_RETURN(v1::Contact contact, LoadForChange<v1::Contact>(tx, kContact, request.id()));
//
// Each resource has two statements of the same kind: select_<resource> with $1 an id or null for
// all, and lock_<resource>.
#pragma once

#include <string>

#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"

namespace continuo::crm::app {

struct Resource {
  std::string_view name;    // "contact"
  std::string_view prefix;  // "con"
  const postgres::Statement& select;
  const postgres::Statement& lock;
};

template <class Message>
Result<Message> Load(postgres::Transaction& tx, const Resource& resource, const std::string& id) {
  const postgres::Rows rows = tx.Run(resource.select, postgres::IdOrNull(resource.prefix, id));
  if (rows.empty()) return NotFound(resource.name, id);
  Message message;
  postgres::Fill(rows.front(), &message);
  return message;
}

// Locked, at the revision that the call expects, and remembered for the audit entry.
template <class Message>
Result<Message> LoadForChange(postgres::Transaction& tx, const Resource& resource,
                              const std::string& id) {
  if (tx.Run(resource.lock, postgres::IdOrNull(resource.prefix, id)).empty()) {
    return NotFound(resource.name, id);
  }
  ASSIGN_OR_RETURN(Message message, Load<Message>(tx, resource, id));
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), message.revision()));
  tx.AuditBefore(message);
  return message;
}

template <class Message, class Request>
Result<Message> Get(postgres::Database& database, const rpc::Call& call, const Resource& resource,
                    const Request& request) {
  return database.Read(call, [&](postgres::Transaction& tx) {
    return Load<Message>(tx, resource, request.id());
  });
}

template <class Response, class Request>
Result<Response> ListOf(postgres::Database& database, const rpc::Call& call,
                        const Resource& resource, const Request& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<Response> {
    Response response;
    const postgres::Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = resource.select, .parameters = all}, request,
                                   &response));
    return response;
  });
}

// A message as the one JSON parameter that inserts and updates take their plain columns from.
template <class Message>
std::string Document(const Message& message) {
  std::string text;
  json::WriteMessage(message, &text);
  return text;
}

}  // namespace continuo::crm::app
