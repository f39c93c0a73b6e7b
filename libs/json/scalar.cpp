#include "libs/json/scalar.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "libs/json/base64.h"
#include "libs/json/schema.h"
#include "libs/json/time_text.h"
#include "libs/json/timestamp.h"

namespace continuo::json {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

void Store(Slot slot, bool value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddBool(slot.message, slot.field, value)
              : reflection->SetBool(slot.message, slot.field, value);
}
void Store(Slot slot, std::string value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddString(slot.message, slot.field, std::move(value))
              : reflection->SetString(slot.message, slot.field, std::move(value));
}
void Store(Slot slot, int32_t value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddInt32(slot.message, slot.field, value)
              : reflection->SetInt32(slot.message, slot.field, value);
}
void Store(Slot slot, uint32_t value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddUInt32(slot.message, slot.field, value)
              : reflection->SetUInt32(slot.message, slot.field, value);
}
void Store(Slot slot, int64_t value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddInt64(slot.message, slot.field, value)
              : reflection->SetInt64(slot.message, slot.field, value);
}
void Store(Slot slot, uint64_t value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddUInt64(slot.message, slot.field, value)
              : reflection->SetUInt64(slot.message, slot.field, value);
}
void Store(Slot slot, double value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddDouble(slot.message, slot.field, value)
              : reflection->SetDouble(slot.message, slot.field, value);
}
void Store(Slot slot, float value) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddFloat(slot.message, slot.field, value)
              : reflection->SetFloat(slot.message, slot.field, value);
}
void StoreEnum(Slot slot, int number) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  slot.append ? reflection->AddEnumValue(slot.message, slot.field, number)
              : reflection->SetEnumValue(slot.message, slot.field, number);
}

Misfit OutOfRange(std::string detail) { return {"OUT_OF_RANGE", std::move(detail)}; }

// The whole of `text` as a number of type T.
template <class T>
std::errc Convert(std::string_view text, T* value) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  if (error == std::errc() && end != text.data() + text.size()) return std::errc::invalid_argument;
  return error;
}

// 12, and also 12.0 and 1.2e1, which are the same number to JSON.
template <class T>
std::optional<Misfit> SetInteger(const Scalar& scalar, Slot slot) {
  constexpr bool kIs64Bit = sizeof(T) == 8;
  if (scalar.kind == Scalar::kBool) return WrongType(*slot.field);
  if (scalar.kind == Scalar::kString && !kIs64Bit) return WrongType(*slot.field);
  T value = 0;
  std::errc error = Convert(scalar.text, &value);
  if (error == std::errc::result_out_of_range) {
    return OutOfRange("The number does not fit; send a smaller one.");
  }
  if (error != std::errc()) {
    double exact = 0;
    if (scalar.kind == Scalar::kString || ParseDouble(scalar.text, &exact)) {
      return WrongType(*slot.field);
    }
    if (std::floor(exact) != exact) return WrongType(*slot.field);
    if (exact < static_cast<double>(std::numeric_limits<T>::min()) ||
        exact > static_cast<double>(std::numeric_limits<T>::max()) ||
        std::fabs(exact) > static_cast<double>(kExactIntegerMax)) {
      return OutOfRange("The number does not fit; send a smaller one.");
    }
    value = static_cast<T>(exact);
  }
  if constexpr (kIs64Bit) {
    bool inexact = std::cmp_greater(value, kExactIntegerMax) ||
                   std::cmp_less(value, -kExactIntegerMax);
    if (scalar.kind == Scalar::kNumber && inexact) {
      return OutOfRange("A number beyond 2^53 is not exact in JSON; send it as a string.");
    }
  }
  Store(slot, value);
  return std::nullopt;
}

std::optional<Misfit> SetText(const Scalar& scalar, Slot slot) {
  if (scalar.kind != Scalar::kString) return WrongType(*slot.field);
  if (slot.field->type() == Field::TYPE_BYTES) {
    auto bytes = DecodeBase64(scalar.text);
    if (!bytes) return Misfit{"INVALID_FORMAT", "Send the bytes in base64."};
    Store(slot, std::move(*bytes));
    return std::nullopt;
  }
  if (scalar.text.find('\0') != std::string_view::npos) {
    return Misfit{"INVALID_CHARACTER", "Remove the character U+0000."};
  }
  Store(slot, std::string(scalar.text));
  return std::nullopt;
}

std::optional<Misfit> SetEnum(const Scalar& scalar, Slot slot) {
  if (scalar.kind != Scalar::kString) return WrongType(*slot.field);
  const EnumSchema& schema = SchemaOf(*slot.field->enum_type());
  auto found = schema.number_by_name.find(std::string(scalar.text));
  if (found == schema.number_by_name.end()) {
    return Misfit{"UNKNOWN_VALUE", "Send one of: " + schema.choices + "."};
  }
  StoreEnum(slot, found->second);
  return std::nullopt;
}

std::optional<Misfit> SetDouble(const Scalar& scalar, Slot slot) {
  if (scalar.kind != Scalar::kNumber) return WrongType(*slot.field);
  double value = 0;
  if (auto misfit = ParseDouble(scalar.text, &value)) return misfit;
  if (slot.field->cpp_type() == Field::CPPTYPE_DOUBLE) {
    Store(slot, value);
    return std::nullopt;
  }
  if (std::fabs(value) > static_cast<double>(std::numeric_limits<float>::max())) {
    return OutOfRange("The number does not fit; send a smaller one.");
  }
  Store(slot, static_cast<float>(value));
  return std::nullopt;
}

std::optional<Misfit> SetInstant(const Scalar& scalar, Slot slot) {
  const Misfit misfit{"INVALID_FORMAT", "Send an instant like 2026-01-31T09:00:00Z (RFC 3339)."};
  if (scalar.kind != Scalar::kString) return misfit;
  const auto instant = calendar::ParseInstant(scalar.text);
  if (!instant) return misfit;
  *static_cast<pb::Timestamp*>(MessageIn(slot)) = ToTimestamp(*instant);
  return std::nullopt;
}

std::optional<Misfit> SetDuration(const Scalar& scalar, Slot slot) {
  auto parsed = scalar.kind == Scalar::kString ? ParseDuration(scalar.text) : std::nullopt;
  if (!parsed) return Misfit{"INVALID_FORMAT", "Send a duration in seconds like \"90s\"."};
  auto* duration = static_cast<pb::Duration*>(MessageIn(slot));
  duration->set_seconds(parsed->seconds);
  duration->set_nanos(parsed->nanos);
  return std::nullopt;
}

std::optional<Misfit> SetFieldMask(const Scalar& scalar, Slot slot) {
  if (scalar.kind != Scalar::kString) return WrongType(*slot.field);
  auto* mask = static_cast<pb::FieldMask*>(MessageIn(slot));
  std::string_view rest = scalar.text;
  while (!rest.empty()) {
    size_t comma = rest.find(',');
    mask->add_paths(std::string(rest.substr(0, comma)));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return std::nullopt;
}

std::optional<Misfit> SetMessage(const Scalar& scalar, Slot slot) {
  switch (SchemaOf(*slot.field->message_type()).well_known) {
    case WellKnown::kTimestamp:
      return SetInstant(scalar, slot);
    case WellKnown::kDuration:
      return SetDuration(scalar, slot);
    case WellKnown::kFieldMask:
      return SetFieldMask(scalar, slot);
    case WellKnown::kValue:
      return FillValue(scalar, static_cast<pb::Value*>(MessageIn(slot)));
    case WellKnown::kWrapper: {
      pb::Message* wrapper = MessageIn(slot);
      return SetScalar(scalar, {wrapper, wrapper->GetDescriptor()->field(0)});
    }
    case WellKnown::kStruct:
    case WellKnown::kListValue:
    case WellKnown::kNone:
      break;
  }
  return WrongType(*slot.field);
}

std::string ExpectedMessage(const pb::Descriptor& type) {
  switch (SchemaOf(type).well_known) {
    case WellKnown::kTimestamp:
      return "an instant like \"2026-01-31T09:00:00Z\"";
    case WellKnown::kDuration:
      return "a duration like \"90s\"";
    case WellKnown::kFieldMask:
      return "field names separated by commas";
    case WellKnown::kValue:
      return "any value";
    case WellKnown::kListValue:
      return "an array";
    case WellKnown::kWrapper:
      return Expected(*type.field(0));
    case WellKnown::kStruct:
    case WellKnown::kNone:
      break;
  }
  return "an object";
}

}  // namespace

std::optional<Misfit> SetScalar(const Scalar& scalar, Slot slot) {
  switch (slot.field->cpp_type()) {
    case Field::CPPTYPE_BOOL:
      if (scalar.kind != Scalar::kBool) return WrongType(*slot.field);
      Store(slot, scalar.boolean);
      return std::nullopt;
    case Field::CPPTYPE_INT32:
      return SetInteger<int32_t>(scalar, slot);
    case Field::CPPTYPE_UINT32:
      return SetInteger<uint32_t>(scalar, slot);
    case Field::CPPTYPE_INT64:
      return SetInteger<int64_t>(scalar, slot);
    case Field::CPPTYPE_UINT64:
      return SetInteger<uint64_t>(scalar, slot);
    case Field::CPPTYPE_DOUBLE:
    case Field::CPPTYPE_FLOAT:
      return SetDouble(scalar, slot);
    case Field::CPPTYPE_STRING:
      return SetText(scalar, slot);
    case Field::CPPTYPE_ENUM:
      return SetEnum(scalar, slot);
    case Field::CPPTYPE_MESSAGE:
      return SetMessage(scalar, slot);
  }
  return WrongType(*slot.field);
}

std::optional<Misfit> FillValue(const Scalar& scalar, pb::Value* value) {
  switch (scalar.kind) {
    case Scalar::kBool:
      value->set_bool_value(scalar.boolean);
      break;
    case Scalar::kNumber: {
      double number = 0;
      if (auto misfit = ParseDouble(scalar.text, &number)) return misfit;
      value->set_number_value(number);
      break;
    }
    case Scalar::kString:
      if (scalar.text.find('\0') != std::string_view::npos) {
        return Misfit{"INVALID_CHARACTER", "Remove the character U+0000."};
      }
      value->set_string_value(std::string(scalar.text));
      break;
  }
  return std::nullopt;
}

pb::Message* MessageIn(Slot slot) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  return slot.append ? reflection->AddMessage(slot.message, slot.field)
                     : reflection->MutableMessage(slot.message, slot.field);
}

std::string Expected(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL:
      return "true or false";
    case Field::CPPTYPE_INT32:
    case Field::CPPTYPE_UINT32:
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT64:
      return "an integer";
    case Field::CPPTYPE_DOUBLE:
    case Field::CPPTYPE_FLOAT:
      return "a number";
    case Field::CPPTYPE_STRING:
      return "a string";
    case Field::CPPTYPE_ENUM:
      return "one of " + SchemaOf(*field.enum_type()).choices;
    case Field::CPPTYPE_MESSAGE:
      return ExpectedMessage(*field.message_type());
  }
  return "a value";
}

Misfit WrongType(const Field& field) {
  return {"WRONG_TYPE", "Send " + Expected(field) + " for " + field.name() + "."};
}

std::optional<Misfit> ParseDouble(std::string_view text, double* number) {
  if (Convert(text, number) != std::errc()) {
    return OutOfRange("The number does not fit; send a smaller one.");
  }
  // 9007199254740993 has become 9007199254740992 here: only the text tells.
  if (text.find_first_of(".eE") != std::string_view::npos) return std::nullopt;
  int64_t integer = 0;
  if (Convert(text, &integer) != std::errc() || integer > kExactIntegerMax ||
      integer < -kExactIntegerMax) {
    return OutOfRange("A number beyond 2^53 is not exact in JSON; send it as a string.");
  }
  return std::nullopt;
}

}  // namespace continuo::json
