#include "libs/json/validate.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <optional>
#include <set>
#include <string>

#include "continuo/type/v1/options.pb.h"
#include "libs/ids/type_id.h"
#include "libs/json/formats.h"
#include "libs/json/schema.h"
#include "libs/money/decimal.h"

namespace continuo::json {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;
using Mask = std::set<std::string, std::less<>>;
using money::Decimal;

int CharacterCount(std::string_view text) {
  int count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

// "lines.quantity" names `lines`.
std::string TopOf(std::string_view path) { return std::string(path.substr(0, path.find('.'))); }

// What the mask of a PATCH names; nothing for a message that is none.
std::optional<Mask> MaskOf(const pb::Message& message) {
  const Field* field = message.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr) return std::nullopt;
  const pb::Reflection& reflection = *message.GetReflection();
  Mask mask;
  if (field->is_repeated() && field->cpp_type() == Field::CPPTYPE_STRING) {
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      mask.insert(TopOf(reflection.GetRepeatedString(message, field, i)));
    }
  } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE &&
             SchemaOf(*field->message_type()).well_known == WellKnown::kFieldMask) {
    const auto& paths =
        static_cast<const pb::FieldMask&>(reflection.GetMessage(message, field)).paths();
    for (const std::string& path : paths) mask.insert(TopOf(path));
  }
  return mask;
}

bool IsPresent(const pb::Message& message, const Field& field) {
  const pb::Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) return reflection.FieldSize(message, &field) > 0;
  return reflection.HasField(message, &field);
}

// A number or boolean whose zero may be meant.
bool IsPlainNumber(const Field& field) {
  return !field.is_repeated() && !field.has_presence() &&
         field.cpp_type() != Field::CPPTYPE_STRING && field.cpp_type() != Field::CPPTYPE_ENUM;
}

Decimal ToDecimal(const std::string& text) {
  auto decimal = Decimal::Parse(text);
  return decimal ? *decimal : Decimal();  // the proto's own text; a test checks them all
}

// The value of an integer field as a decimal; nothing when no decimal can hold it.
std::optional<Decimal> IntegerValue(const pb::Message& message, const Field& field) {
  const pb::Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32:
      return Decimal(reflection.GetInt32(message, &field));
    case Field::CPPTYPE_UINT32:
      return Decimal(reflection.GetUInt32(message, &field));
    case Field::CPPTYPE_INT64:
      return Decimal(reflection.GetInt64(message, &field));
    case Field::CPPTYPE_UINT64:
      return Decimal(reflection.GetUInt64(message, &field));
    default:
      return std::nullopt;
  }
}

class Validator {
 public:
  std::vector<Violation> Run(const pb::Message& request) && {
    auto mask = MaskOf(request);
    for (const FieldSchema& field : SchemaOf(*request.GetDescriptor()).fields) {
      const Field& descriptor = *field.descriptor;
      std::string pointer = "/" + descriptor.name();
      bool is_resource = mask && !descriptor.is_repeated() &&
                         descriptor.cpp_type() == Field::CPPTYPE_MESSAGE &&
                         !mask->contains(descriptor.name()) && IsPresent(request, descriptor) &&
                         SchemaOf(*descriptor.message_type()).well_known == WellKnown::kNone;
      if (is_resource) {
        CheckFields(request.GetReflection()->GetMessage(request, &descriptor), pointer, &*mask);
      } else {
        CheckField(request, field, pointer, nullptr);
      }
    }
    return std::move(violations_);
  }

 private:
  void Refuse(const std::string& pointer, std::string code, std::string detail) {
    violations_.push_back({pointer, std::move(code), std::move(detail)});
  }

  void CheckFields(const pb::Message& message, const std::string& pointer, const Mask* mask) {
    if (SchemaOf(*message.GetDescriptor()).well_known != WellKnown::kNone) return;
    for (const FieldSchema& field : SchemaOf(*message.GetDescriptor()).fields) {
      CheckField(message, field, pointer + "/" + field.descriptor->name(), mask);
    }
  }

  void CheckField(const pb::Message& message, const FieldSchema& schema, const std::string& pointer,
                  const Mask* mask) {
    if (schema.output_only) return;
    const Field& field = *schema.descriptor;
    const auto& rule = field.options().GetExtension(type::v1::field);
    bool named = mask == nullptr || mask->contains(field.name());
    if (mask != nullptr && named && rule.immutable()) {
      return Refuse(pointer, "IMMUTABLE", field.name() + " cannot be changed; leave it out.");
    }
    if (!IsPresent(message, field)) {
      if (!rule.required() || !named) return;
      if (IsPlainNumber(field)) return CheckInteger(message, field, rule, pointer);
      return Refuse(pointer, "REQUIRED", "Give " + field.name() + " a value.");
    }
    if (field.is_map()) return CheckMap(message, field, rule, pointer);
    if (field.is_repeated()) return CheckRepeated(message, field, rule, pointer);
    CheckValue(message, field, -1, rule, pointer);
  }

  bool HasBearableSize(const pb::Message& message, const Field& field,
                       const type::v1::FieldRule& rule, const std::string& pointer) {
    int max = rule.max_length() > 0 ? rule.max_length() : kElementsMax;
    if (message.GetReflection()->FieldSize(message, &field) <= max) return true;
    Refuse(pointer, "TOO_LONG", "Send at most " + std::to_string(max) + " elements.");
    return false;
  }

  void CheckRepeated(const pb::Message& message, const Field& field,
                     const type::v1::FieldRule& rule, const std::string& pointer) {
    if (!HasBearableSize(message, field, rule, pointer)) return;
    // max_length of a repeated field counts its elements, not their characters.
    type::v1::FieldRule element_rule = rule;
    element_rule.clear_max_length();
    int size = message.GetReflection()->FieldSize(message, &field);
    for (int i = 0; i < size; ++i) {
      CheckValue(message, field, i, element_rule, pointer + "/" + std::to_string(i));
    }
  }

  void CheckMap(const pb::Message& message, const Field& field, const type::v1::FieldRule& rule,
                const std::string& pointer) {
    if (!HasBearableSize(message, field, rule, pointer)) return;
    const Field& key = *field.message_type()->map_key();
    const Field& value = *field.message_type()->map_value();
    const pb::Reflection& reflection = *message.GetReflection();
    type::v1::FieldRule element_rule = rule;
    element_rule.clear_max_length();
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const pb::Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      std::string name = std::to_string(i);
      if (key.cpp_type() == Field::CPPTYPE_STRING) {
        name = entry.GetReflection()->GetString(entry, &key);
        if (CharacterCount(name) > kLengthMax) {
          Refuse(pointer, "TOO_LONG",
                 "Use names of at most " + std::to_string(kLengthMax) + " characters.");
          continue;
        }
      }
      CheckValue(entry, value, -1, element_rule, pointer + "/" + EscapePointer(name));
    }
  }

  // One value: of a singular field (index -1) or of an element.
  void CheckValue(const pb::Message& message, const Field& field, int index,
                  const type::v1::FieldRule& rule, const std::string& pointer) {
    const pb::Reflection& reflection = *message.GetReflection();
    if (field.type() == Field::TYPE_STRING) {
      std::string scratch;
      const std::string& text =
          index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                    : reflection.GetRepeatedStringReference(message, &field, index, &scratch);
      CheckText(text, rule, pointer);
    } else if (field.cpp_type() == Field::CPPTYPE_MESSAGE) {
      CheckFields(index < 0 ? reflection.GetMessage(message, &field)
                            : reflection.GetRepeatedMessage(message, &field, index),
                  pointer, nullptr);
    } else if (index < 0) {
      CheckInteger(message, field, rule, pointer);
    }
  }

  void CheckText(const std::string& text, const type::v1::FieldRule& rule,
                 const std::string& pointer) {
    int max = rule.max_length() > 0 ? rule.max_length() : kLengthMax;
    if (CharacterCount(text) > max) {
      return Refuse(pointer, "TOO_LONG", "Use at most " + std::to_string(max) + " characters.");
    }
    if (!rule.id().empty() && !ids::ParseTypeId(rule.id(), text)) {
      return Refuse(pointer, "INVALID_ID", "Send an id that begins with \"" + rule.id() + "_\".");
    }
    // Present but empty (`optional`): nothing to have a format.
    if (text.empty()) return;
    if (auto misfit = CheckFormat(rule.format(), text)) {
      return Refuse(pointer, std::move(misfit->code), std::move(misfit->detail));
    }
    if (rule.format() == type::v1::FORMAT_DECIMAL) {
      CheckRange(ToDecimal(text), rule, pointer);
    }
  }

  void CheckInteger(const pb::Message& message, const Field& field,
                    const type::v1::FieldRule& rule, const std::string& pointer) {
    if (rule.minimum().empty() && rule.maximum().empty() && !rule.positive()) return;
    auto value = IntegerValue(message, field);
    if (value) CheckRange(*value, rule, pointer);
  }

  void CheckRange(Decimal value, const type::v1::FieldRule& rule, const std::string& pointer) {
    Decimal minimum = rule.minimum().empty() ? Decimal() : ToDecimal(rule.minimum());
    bool has_minimum = rule.positive() || !rule.minimum().empty();
    if (has_minimum && (rule.positive() ? value <= minimum : value < minimum)) {
      return Refuse(pointer, "OUT_OF_RANGE",
                    (rule.positive() ? "Send more than " : "Send at least ") + minimum.ToString() +
                        ".");
    }
    if (!rule.maximum().empty() && value > ToDecimal(rule.maximum())) {
      Refuse(pointer, "OUT_OF_RANGE", "Send at most " + rule.maximum() + ".");
    }
  }

  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> Validate(const pb::Message& request) { return Validator().Run(request); }

}  // namespace continuo::json
