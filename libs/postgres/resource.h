// Rows of one resource of the API: read one, lock one for a change, list those that the caller sees.
//
//   constexpr Resource kContact{sql::select_contact, sql::lock_contact};
//   ASSIGN_OR_RETURN(v1::Contact contact, LoadForChange<v1::Contact>(tx, kContact, request.id()));
//
// select_<resource> takes $1, an id or null for all; lock_<resource> locks the row with id $1. What the
// resource is called and its ids' prefix are the message's option `resource`.
#pragma once

#include <string>

#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"

namespace google::protobuf {
class Descriptor;
}

namespace continuo::postgres {

struct Resource {
  const Statement& select;
  const Statement& lock;
};

// The uuid of an id of this kind, NULL for what is none; and the 404 for it.
Parameter IdOf(const google::protobuf::Descriptor* kind, const std::string& id);
Failure NoSuch(const google::protobuf::Descriptor* kind, const std::string& id);

template <class Message>
Result<Message> Load(Transaction& tx, const Resource& resource, const std::string& id) {
  // Null would be all of them.
  if (id.empty()) return NoSuch(Message::descriptor(), id);
  const Rows rows = tx.Run(resource.select, IdOf(Message::descriptor(), id));
  if (rows.empty()) return NoSuch(Message::descriptor(), id);
  Message message;
  Fill(rows.front(), &message);
  return message;
}

// Locked, at the revision that the call expects, and remembered for the audit entry.
template <class Message>
Result<Message> LoadForChange(Transaction& tx, const Resource& resource, const std::string& id) {
  if (tx.Run(resource.lock, IdOf(Message::descriptor(), id)).empty()) {
    return NoSuch(Message::descriptor(), id);
  }
  ASSIGN_OR_RETURN(Message message, Load<Message>(tx, resource, id));
  RETURN_IF_FAULT(CheckRevision(tx.call(), message.revision()));
  tx.AuditBefore(message);
  return message;
}

// The two use cases that every resource has.
template <class Message, class Request>
Result<Message> Get(Database& database, const rpc::Call& call, const Resource& resource,
                    const Request& request) {
  return database.Read(
      call, [&](Transaction& tx) { return Load<Message>(tx, resource, request.id()); });
}

template <class Response, class Request>
Result<Response> ListOf(Database& database, const rpc::Call& call, const Resource& resource,
                        const Request& request) {
  return database.Read(call, [&](Transaction& tx) -> Result<Response> {
    Response response;
    const Parameter all[] = {nullptr};
    RETURN_IF_FAULT(
        List(tx, {.select = resource.select, .parameters = all}, request, &response));
    return response;
  });
}

// A message as the one JSON parameter that inserts and updates take their columns from: Json{Document(m)}
std::string Document(const google::protobuf::Message& message);

}  // namespace continuo::postgres
