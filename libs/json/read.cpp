#include "libs/json/read.h"

#include <google/protobuf/message.h>
#include <google/protobuf/struct.pb.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <unordered_set>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/scalar.h"
#include "libs/json/schema.h"

namespace continuo::json {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

// More than a person corrects in one go.
constexpr size_t kViolationsMax = 20;

// An object or array that the reader is inside of.
struct Frame {
  enum Kind { kMessage, kList, kMap, kStruct, kValues };
  Kind kind = kMessage;
  pb::Message* message = nullptr;          // kMessage: itself; kList, kMap: the owner of the field
  const MessageSchema* schema = nullptr;   // kMessage
  const Field* field = nullptr;            // kMessage: of the current member; kList, kMap: itself
  pb::Struct* members = nullptr;           // kStruct
  pb::ListValue* values = nullptr;         // kValues
  std::string key;                         // of the current member
  bool has_key = false;                    // false until the first member
  int index = 0;                           // of the current element
  std::vector<bool> seen;                  // kMessage, by position
  std::unordered_set<std::string> keys;    // kMap

  bool IsArray() const { return kind == kList || kind == kValues; }
  bool IsFree() const { return kind == kStruct || kind == kValues; }
};

bool SetMapKey(std::string_view text, Slot slot) {
  switch (slot.field->cpp_type()) {
    case Field::CPPTYPE_STRING:
      return !SetScalar({Scalar::kString, text}, slot);
    case Field::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return false;
      return !SetScalar({Scalar::kBool, {}, text == "true"}, slot);
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT64:
      return !SetScalar({Scalar::kString, text}, slot);
    default:
      if (text.find_first_not_of("-0123456789") != std::string_view::npos) return false;
      return !SetScalar({Scalar::kNumber, text}, slot);
  }
}

// RapidJSON decodes a lone "\udc00" to bytes that are not UTF-8.
bool HasSurrogate(std::string_view text) {
  for (size_t i = text.find('\xED'); i != std::string_view::npos; i = text.find('\xED', i + 1)) {
    if (i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
  }
  return false;
}

// The handler of RapidJSON's events. An event that answers false stops the parse: the text is not
// acceptable JSON. What is merely wrong for the message is noted and skipped.
// An empty text where a date, an amount or an id belongs: not the same as none.
bool IsEmptyForm(const Scalar& scalar, const Field& field) {
  if (scalar.kind != Scalar::kString || !scalar.text.empty()) return false;
  if (field.cpp_type() != Field::CPPTYPE_STRING) return false;
  const auto& rule = field.options().GetExtension(type::v1::field);
  return rule.format() != type::v1::FORMAT_UNSPECIFIED || !rule.id().empty();
}

class Reader {
 public:
  Reader(pb::Message* root, Direction direction) : root_(root), direction_(direction) {}

  bool StartObject() {
    if (!Descend()) return false;
    if (skip_depth_ > 0) return true;
    if (frames_.empty()) {
      PushMessage(root_);
      return true;
    }
    Frame& top = frames_.back();
    if (top.IsFree()) {
      PushStruct(NextValue(top)->mutable_struct_value());
      return true;
    }
    if (top.kind == Frame::kMessage && top.field->is_map()) {
      frames_.push_back({.kind = Frame::kMap, .message = top.message, .field = top.field});
      return true;
    }
    if (top.kind == Frame::kMessage && top.field->is_repeated()) return RefuseAndSkip();
    return StartSubMessage(top);
  }

  bool StartArray() {
    if (frames_.empty()) return Malformed("The body must be one JSON object.");
    if (!Descend()) return false;
    if (skip_depth_ > 0) return true;
    Frame& top = frames_.back();
    if (top.IsFree()) {
      PushValues(NextValue(top)->mutable_list_value());
      return true;
    }
    if (top.kind == Frame::kMessage && top.field->is_repeated() && !top.field->is_map()) {
      frames_.push_back({.kind = Frame::kList, .message = top.message, .field = top.field});
      return true;
    }
    const Field* field = ValueField(top);
    if (IsRepeatedHere(top) || field->cpp_type() != Field::CPPTYPE_MESSAGE) return RefuseAndSkip();
    switch (SchemaOf(*field->message_type()).well_known) {
      case WellKnown::kListValue:
        PushValues(static_cast<pb::ListValue*>(MessageIn(NextSlot(top))));
        return true;
      case WellKnown::kValue:
        PushValues(static_cast<pb::Value*>(MessageIn(NextSlot(top)))->mutable_list_value());
        return true;
      default:
        return RefuseAndSkip();
    }
  }

  bool EndObject(rapidjson::SizeType) { return Ascend(); }
  bool EndArray(rapidjson::SizeType) { return Ascend(); }

  bool Key(const char* data, rapidjson::SizeType size, bool) {
    std::string_view name(data, size);
    if (HasSurrogate(name)) return Malformed("A name is not valid Unicode.");
    if (skip_depth_ > 0) return true;
    Frame& top = frames_.back();
    top.key.assign(name);
    top.has_key = true;
    if (top.kind == Frame::kMessage) {
      ChooseField(top);
    } else if (name.find('\0') != std::string_view::npos) {
      RefuseMember("INVALID_CHARACTER", "Remove the character U+0000 from the name.");
    } else if (top.kind == Frame::kMap ? !top.keys.insert(top.key).second
                                       : top.members->fields().contains(top.key)) {
      RefuseMember("DUPLICATE_KEY", "Send each name once.");
    }
    return true;
  }

  bool Null() {
    if (frames_.empty()) return Malformed("The body must be one JSON object.");
    if (IsSkipped()) return true;
    Frame& top = frames_.back();
    if (top.IsFree()) {
      NextValue(top)->set_null_value(pb::NULL_VALUE);
    } else if (top.kind == Frame::kMessage) {
      top.message->GetReflection()->ClearField(top.message, top.field);
    } else {
      Refuse({"NULL_ELEMENT", "Leave the element out; null is not a value here."});
    }
    FinishValue();
    return true;
  }

  bool Bool(bool value) { return Accept({Scalar::kBool, {}, value}); }
  bool RawNumber(const char* data, rapidjson::SizeType size, bool) {
    return Accept({Scalar::kNumber, {data, size}});
  }
  bool String(const char* data, rapidjson::SizeType size, bool) {
    std::string_view text(data, size);
    if (HasSurrogate(text)) return Malformed("A string is not valid Unicode.");
    return Accept({Scalar::kString, text});
  }
  // Numbers arrive as RawNumber only.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

  std::string Pointer() const {
    std::string pointer;
    for (const Frame& frame : frames_) {
      if (!frame.IsArray() && !frame.has_key) continue;
      pointer += '/';
      pointer += frame.IsArray() ? std::to_string(frame.index) : EscapePointer(frame.key);
    }
    return pointer;
  }
  const std::string& malformed() const { return malformed_; }
  std::vector<Violation> TakeViolations() { return std::move(violations_); }
  NamedFields TakeNamed() { return std::move(named_); }

 private:
  bool Accept(const Scalar& scalar) {
    if (frames_.empty()) return Malformed("The body must be one JSON object.");
    if (IsSkipped()) return true;
    Frame& top = frames_.back();
    std::optional<Misfit> misfit;
    if (top.IsFree()) {
      misfit = FillValue(scalar, NextValue(top));
    } else if (IsRepeatedHere(top)) {
      misfit = WrongShape(top);
    } else if (direction_ == Direction::kRequest && IsEmptyForm(scalar, *top.field)) {
      misfit = Misfit{"INVALID_FORMAT", "Send null, or leave " + top.field->name() + " out, for none."};
    } else {
      misfit = SetScalar(scalar, NextSlot(top));
    }
    if (misfit) Refuse(std::move(*misfit));
    FinishValue();
    return true;
  }

  // Chooses the field that the name just read stands for, or skips its value.
  void ChooseField(Frame& top) {
    const FieldSchema* field = top.schema->Find(top.key);
    if (field == nullptr && direction_ == Direction::kStored) {
      skip_next_ = true;
      return;
    }
    if (field == nullptr) {
      return RefuseMember("UNKNOWN_FIELD", "There is no field of this name; remove it.");
    }
    if (direction_ == Direction::kRequest && field->output_only) {
      skip_next_ = true;
      return;
    }
    auto position = static_cast<size_t>(field->position);
    if (top.seen[position]) return RefuseMember("DUPLICATE_KEY", "Send each name once.");
    top.seen[position] = true;
    top.field = field->descriptor;
    if (frames_.size() == 1) named_.push_back(top.key);
    const pb::OneofDescriptor* choice = top.field->real_containing_oneof();
    if (choice != nullptr && top.message->GetReflection()->HasOneof(*top.message, choice)) {
      RefuseMember("MORE_THAN_ONE", "Send only one of the alternatives of " + choice->name() + ".");
    }
  }

  bool StartSubMessage(Frame& top) {
    const Field* field = ValueField(top);
    if (field->cpp_type() != Field::CPPTYPE_MESSAGE) return RefuseAndSkip();
    switch (SchemaOf(*field->message_type()).well_known) {
      case WellKnown::kNone:
        PushMessage(MessageIn(NextSlot(top)));
        return true;
      case WellKnown::kStruct:
        PushStruct(static_cast<pb::Struct*>(MessageIn(NextSlot(top))));
        return true;
      case WellKnown::kValue:
        PushStruct(static_cast<pb::Value*>(MessageIn(NextSlot(top)))->mutable_struct_value());
        return true;
      default:
        return RefuseAndSkip();
    }
  }

  void PushMessage(pb::Message* message) {
    const MessageSchema& schema = SchemaOf(*message->GetDescriptor());
    if (schema.well_known == WellKnown::kStruct) return PushStruct(static_cast<pb::Struct*>(message));
    Frame frame{.kind = Frame::kMessage, .message = message, .schema = &schema};
    frame.seen.resize(schema.fields.size());
    frames_.push_back(std::move(frame));
  }
  void PushStruct(pb::Struct* members) {
    frames_.push_back({.kind = Frame::kStruct, .members = members});
  }
  void PushValues(pb::ListValue* values) {
    frames_.push_back({.kind = Frame::kValues, .values = values});
  }

  static const Field* ValueField(const Frame& frame) {
    return frame.kind == Frame::kMap ? frame.field->message_type()->map_value() : frame.field;
  }
  // A repeated field or map was named, and its array or object has not been opened.
  static bool IsRepeatedHere(const Frame& frame) {
    return frame.kind == Frame::kMessage && frame.field->is_repeated();
  }

  Slot NextSlot(Frame& frame) {
    if (frame.kind != Frame::kMap) {
      return {frame.message, frame.field, frame.kind == Frame::kList};
    }
    pb::Message* entry = frame.message->GetReflection()->AddMessage(frame.message, frame.field);
    const pb::Descriptor* type = frame.field->message_type();
    if (!SetMapKey(frame.key, {entry, type->map_key()})) {
      Refuse({"WRONG_TYPE", "The name must be " + Expected(*type->map_key()) + "."});
    }
    return {entry, type->map_value()};
  }

  static pb::Value* NextValue(Frame& frame) {
    if (frame.kind == Frame::kValues) return frame.values->add_values();
    return &(*frame.members->mutable_fields())[frame.key];
  }

  // True for a value that is not read: one inside a skipped value, or one that is to be skipped.
  bool IsSkipped() {
    if (skip_depth_ > 0) return true;
    if (!skip_next_) return false;
    skip_next_ = false;
    FinishValue();
    return true;
  }

  bool Descend() {
    if (++depth_ > kNestingMax) {
      return Malformed("The body is nested deeper than " + std::to_string(kNestingMax) +
                       " levels.");
    }
    if (skip_depth_ > 0 || skip_next_) {
      skip_next_ = false;
      ++skip_depth_;
    }
    return true;
  }
  bool Ascend() {
    --depth_;
    if (skip_depth_ > 0) {
      if (--skip_depth_ > 0) return true;
    } else {
      frames_.pop_back();
    }
    FinishValue();
    return true;
  }
  void FinishValue() {
    if (!frames_.empty() && frames_.back().IsArray()) ++frames_.back().index;
  }

  static Misfit WrongShape(const Frame& top) {
    if (!IsRepeatedHere(top)) return WrongType(*ValueField(top));
    return {"WRONG_TYPE", std::string("Send an ") + (top.field->is_map() ? "object" : "array") +
                              " for " + top.field->name() + "."};
  }
  bool RefuseAndSkip() {
    Refuse(WrongShape(frames_.back()));
    skip_depth_ = 1;
    return true;
  }
  void RefuseMember(std::string code, std::string detail) {
    Refuse({std::move(code), std::move(detail)});
    skip_next_ = true;
  }
  void Refuse(Misfit misfit) {
    if (violations_.size() >= kViolationsMax) return;
    violations_.push_back({Pointer(), std::move(misfit.code), std::move(misfit.detail)});
  }
  bool Malformed(std::string message) {
    malformed_ = std::move(message);
    return false;
  }

  pb::Message* root_;
  Direction direction_;
  std::vector<Frame> frames_;
  int depth_ = 0;
  int skip_depth_ = 0;      // levels of a value that is not read
  bool skip_next_ = false;  // the value of the name just read is not read
  std::string malformed_;
  std::vector<Violation> violations_;
  NamedFields named_;
};

Failure MalformedJson(std::string message, size_t offset, std::string path) {
  message += " See byte " + std::to_string(offset);
  if (!path.empty()) message += ", at " + path;
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "MALFORMED_JSON",
                       .message = message + ".",
                       .metadata = {{"offset", std::to_string(offset)}, {"path", std::move(path)}}});
}

}  // namespace

Result<NamedFields> ReadMessage(std::string_view text, pb::Message* message, Direction direction) {
  // RapidJSON takes a NUL for the end of the text.
  if (size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return MalformedJson("The body holds a NUL byte.", nul, "");
  }
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader parser;
  Reader reader(message, direction);
  parser.Parse<rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag |
               rapidjson::kParseIterativeFlag>(stream, reader);
  if (parser.GetParseErrorCode() == rapidjson::kParseErrorNumberTooBig) {
    return Invalid(reader.Pointer(), "OUT_OF_RANGE", "The number is too large for any field.");
  }
  if (parser.HasParseError()) {
    std::string reason = reader.malformed();
    if (reason.empty()) reason = rapidjson::GetParseError_En(parser.GetParseErrorCode());
    return MalformedJson(std::move(reason), parser.GetErrorOffset(), reader.Pointer());
  }
  auto violations = reader.TakeViolations();
  if (!violations.empty()) return Invalid(std::move(violations));
  return reader.TakeNamed();
}

Result<void> ReadText(std::string_view text, const Field& field, pb::Message* message) {
  const Field* kind = &field;
  if (field.cpp_type() == Field::CPPTYPE_MESSAGE &&
      SchemaOf(*field.message_type()).well_known == WellKnown::kWrapper) {
    kind = field.message_type()->field(0);
  }
  Scalar scalar{Scalar::kString, text};
  bool looks_like_number = text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  switch (kind->cpp_type()) {
    case Field::CPPTYPE_BOOL:
      if (text == "true" || text == "false") scalar = {Scalar::kBool, {}, text == "true"};
      break;
    case Field::CPPTYPE_INT32:
    case Field::CPPTYPE_UINT32:
    case Field::CPPTYPE_DOUBLE:
    case Field::CPPTYPE_FLOAT:
      if (looks_like_number && !text.empty()) scalar.kind = Scalar::kNumber;
      break;
    default:
      break;
  }
  std::optional<Misfit> misfit = field.is_map()
                                     ? WrongType(field)
                                     : SetScalar(scalar, {message, &field, field.is_repeated()});
  if (misfit) {
    return Invalid("/" + field.name(), std::move(misfit->code), std::move(misfit->detail));
  }
  return {};
}

}  // namespace continuo::json
