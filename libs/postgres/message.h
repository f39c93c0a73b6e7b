// Rows into protobuf messages, by name.
//
//   SELECT id, account_id, status, ROW(total_minor, currency) AS total, created_at FROM quote ...
//   Fill(row, &quote);   // sets quote.id "quo_01h...", .status QUOTE_STATUS_DRAFT, .total, ...
//
// A column fills the field of its name; NULL leaves it unset; a column without a field is ignored.
//   uuid, where the field says (field).id = "acc"   TypeID text, "acc_01h..."
//   date                                            "2026-01-31"
//   timestamptz                                     google.protobuf.Timestamp, or RFC 3339 text
//   numeric                                         canonical decimal text, "12.5"
//   bigint, int, bool, text, float                  the same
//   text "draft" in an enum field                   QUOTE_STATUS_DRAFT, as JSON spells it
//   ROW(total_minor, currency)                      type.v1.Money, with the currency's places
//   json, jsonb                                     any message, repeated or map field
//   arrays                                          repeated fields of the above scalars
// How columns meet fields is worked out once for each (column list, message type). A value that
// cannot be held by its field is our own bug and throws std::logic_error.
#pragma once

#include "libs/postgres/rows.h"

namespace google::protobuf {
class Message;
template <class T>
class RepeatedPtrField;
}  // namespace google::protobuf

namespace continuo::postgres {

void Fill(const Row& row, google::protobuf::Message* message);

// FillAll(rows, response.mutable_data()) appends one element for each row.
template <class T>
void FillAll(const Rows& rows, google::protobuf::RepeatedPtrField<T>* messages) {
  for (const Row row : rows) Fill(row, messages->Add());
}

}  // namespace continuo::postgres
