#include "libs/conformance/examples.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

namespace continuo::conformance {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

std::string Text(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string Differs(const std::string& pointer, const Value& expected, const Value& is) {
  return pointer + ": expected " + Text(expected) + ", is " + Text(is);
}

// The element that a member's name stands for; null where there is none.
const Value* ElementAt(const Value& array, const Value& name) {
  const std::string_view digits(name.GetString(), name.GetStringLength());
  SizeType index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole && index < array.Size() ? &array[index] : nullptr;
}

const Value* MemberOf(const Value& answer, const Value& name) {
  if (answer.IsArray()) return ElementAt(answer, name);
  const auto found = answer.FindMember(name);
  return found == answer.MemberEnd() ? nullptr : &found->value;
}

bool HasText(const Value& example, const char* member) {
  return example.HasMember(member) && example[member].IsString() &&
         example[member].GetStringLength() > 0;
}

std::optional<std::string> ProblemDiffers(const Value& expected, const Fault& fault) {
  if (!expected.IsObject() || !HasText(expected, "code")) return "expected_problem has no code";
  if (fault.reason != expected["code"].GetString()) {
    return std::string("expected ") + expected["code"].GetString() + ", is " + fault.reason +
           ": " + fault.message;
  }
  if (!HasText(expected, "pointer")) return std::nullopt;
  for (const Violation& violation : fault.violations) {
    if (violation.pointer == expected["pointer"].GetString()) return std::nullopt;
  }
  return "no violation at " + std::string(expected["pointer"].GetString());
}

std::string MemberText(const Value& example, const char* member) {
  return example.IsObject() && HasText(example, member) ? example[member].GetString() : "";
}

std::optional<std::string> WhatIsWrong(const Value& example, const Calculate& calculate) {
  if (!example.IsObject()) return "an object was expected";
  for (const char* member : {"id", "title", "source", "policy", "path"}) {
    if (!HasText(example, member)) return std::string("it has no ") + member;
  }
  if (!example.HasMember("body")) return "it has no body";
  const bool refused = example.HasMember("expected_problem");
  const bool answered = example.HasMember("expected") && example["expected"].IsObject() &&
                        !example["expected"].ObjectEmpty();
  if (refused == answered) return "it needs either expected or expected_problem";
  const auto answer = calculate(example["path"].GetString(), Text(example["body"]));
  if (answer && refused) return "expected a refusal, is " + Text(*answer);
  if (answer) return Difference(example["expected"], *answer);
  const Fault& fault = answer.error();
  if (refused) return ProblemDiffers(example["expected_problem"], fault);
  std::string wrong = fault.reason + ": " + fault.message;
  for (const Violation& violation : fault.violations) {
    wrong += " " + violation.pointer + ": " + violation.detail;
  }
  return wrong;
}

}  // namespace

std::optional<std::string> Difference(const Value& expected, const Value& answer,
                                      const std::string& pointer) {
  if (expected.IsObject() && (answer.IsObject() || answer.IsArray())) {
    for (const auto& [name, value] : expected.GetObject()) {
      const std::string below = pointer + "/" + name.GetString();
      const Value* found = MemberOf(answer, name);
      if (found == nullptr) return below + ": expected " + Text(value) + ", is absent";
      if (auto difference = Difference(value, *found, below)) return difference;
    }
    return std::nullopt;
  }
  if (expected.IsArray() && answer.IsArray() && expected.Size() == answer.Size()) {
    for (SizeType i = 0; i < expected.Size(); ++i) {
      const std::string below = pointer + "/" + std::to_string(i);
      if (auto difference = Difference(expected[i], answer[i], below)) return difference;
    }
    return std::nullopt;
  }
  if (expected == answer) return std::nullopt;
  return Differs(pointer, expected, answer);
}

std::vector<Outcome> RunFile(const std::string& name, const std::string& text,
                             const Calculate& calculate) {
  rapidjson::Document file;
  if (file.Parse(text.data(), text.size()).HasParseError()) {
    return {{.id = name,
             .wrong = "not JSON at byte " + std::to_string(file.GetErrorOffset())}};
  }
  if (!file.IsObject() || !file.HasMember("examples") || !file["examples"].IsArray()) {
    return {{.id = name, .wrong = "an object with the member examples, an array, was expected"}};
  }
  std::vector<Outcome> outcomes;
  for (const Value& example : file["examples"].GetArray()) {
    outcomes.push_back({MemberText(example, "id"), MemberText(example, "title"),
                        MemberText(example, "source"), MemberText(example, "policy"),
                        MemberText(example, "path"),
                        WhatIsWrong(example, calculate).value_or("")});
  }
  return outcomes;
}

}  // namespace continuo::conformance
