// Writes a protobuf message as the JSON of the REST interface: one canonical form.
//
//   std::string body;
//   json::WriteMessage(quote, &body);
//   // {"id":"quo_01h...","status":"draft","valid_until":null,"lines":[],"metadata":{}}
//
// Every field of the message is present, under its proto name, in the order of the proto. Without a
// value it is null: an unset message, `optional` or oneof member, an empty string, an enum at
// _UNSPECIFIED. Numbers and booleans without `optional` always print their value; repeated fields
// print [], maps {}. 64-bit integers beyond 2^53 are strings. Map members are sorted by name, so
// that equal messages give equal bytes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace continuo::json {

// The parameter `fields=id,lines.quantity`: what a caller wants to see. A field that is chosen
// without its parts comes whole.
struct Selection {
  std::map<std::string, Selection, std::less<>> parts;  // none: everything
};

// `type` is the message that will be written. A name that is not one of its fields, nor one that
// expanding adds (`account` beside `account_id`), is an UNKNOWN_FIELD at the pointer "/fields".
Result<Selection> ParseSelection(std::string_view comma_separated,
                                 const google::protobuf::Descriptor& type);

class Printer;

// Adds members beside the field that has just been written.
class Expansion {
 public:
  Expansion(Printer& printer, std::string_view path) : printer_(printer), path_(path) {}

  // Of the field just written, from the top: "lines.product_id".
  std::string_view path() const { return path_; }
  void Add(std::string_view name, const google::protobuf::Message& value);
  void AddNull(std::string_view name);

 private:
  Printer& printer_;
  std::string_view path_;
};

struct WriteOptions {
  // All fields when null. Not owned.
  const Selection* selection = nullptr;
  // Called after each field of each message, also of those that it added:
  //   if (field.name() == "account_id") expansion.Add("account", accounts.at(order.account_id()));
  std::function<void(const google::protobuf::FieldDescriptor& field,
                     const google::protobuf::Message& owner, Expansion& expansion)>
      expand;
};

// Appends to `out`.
void WriteMessage(const google::protobuf::Message& message, std::string* out,
                  const WriteOptions& options = {});

// Appends `text` as a JSON string, quotes included: for the few documents without a message.
void WriteString(std::string_view text, std::string* out);

}  // namespace continuo::json
