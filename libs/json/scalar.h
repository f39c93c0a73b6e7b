// One JSON scalar into one place of a message.
//
//   auto problem = SetScalar({.kind = Scalar::kNumber, .text = "12"}, {&line, quantity_field});
//
// Private to libs/json. Null, objects and arrays are the reader's work.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>

namespace google::protobuf {
class Value;
}

namespace continuo::json {

// Integers beyond it are not exact in the many JSON readers that hold numbers as doubles.
inline constexpr int64_t kExactIntegerMax = int64_t{1} << 53;

struct Scalar {
  enum Kind { kBool, kNumber, kString };
  Kind kind = kString;
  std::string_view text;  // of a number or string
  bool boolean = false;
};

// A singular field, or with `append` the next element of a repeated one.
struct Slot {
  google::protobuf::Message* message = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;
  bool append = false;
};

// Why a value does not fit, without saying where.
struct Misfit {
  std::string code;
  std::string detail;
};

std::optional<Misfit> SetScalar(const Scalar& scalar, Slot slot);

// The message in the slot, made if it is not there.
google::protobuf::Message* MessageIn(Slot slot);

// "an integer", "one of draft, sent", "an object": what a caller should have sent.
std::string Expected(const google::protobuf::FieldDescriptor& field);
Misfit WrongType(const google::protobuf::FieldDescriptor& field);

// A scalar of free JSON.
std::optional<Misfit> FillValue(const Scalar& scalar, google::protobuf::Value* value);

// The whole of `text`, which is a JSON number. Integers are exact or a misfit.
std::optional<Misfit> ParseDouble(std::string_view text, double* number);

}  // namespace continuo::json
