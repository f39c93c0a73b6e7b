#include "services/gateway/describe/comments.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>

#include <map>
#include <sstream>

// The file that proto/CMakeLists.txt makes, byte for byte.
asm(".section .rodata\n"
    ".global continuo_descriptor_set\n"
    "continuo_descriptor_set:\n"
    ".incbin \"" CONTINUO_DESCRIPTOR_SET
    "\"\n"
    ".global continuo_descriptor_set_end\n"
    "continuo_descriptor_set_end:\n"
    ".byte 0\n"
    ".text\n");
extern "C" const char continuo_descriptor_set[];
extern "C" const char continuo_descriptor_set_end[];

namespace continuo::gateway {
namespace {

using google::protobuf::DescriptorPool;

// Comment lines keep the space after the slashes; paragraphs stay apart.
std::string Trimmed(const std::string& comment) {
  std::string out;
  std::stringstream lines(comment);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(' ')) line.erase(0, 1);
    if (!out.empty()) out += line.empty() || out.ends_with('\n') ? "\n" : " ";
    out += line;
  }
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

class Comments {
 public:
  Comments() {
    google::protobuf::FileDescriptorSet files;
    files.ParseFromArray(continuo_descriptor_set,
                         static_cast<int>(continuo_descriptor_set_end - continuo_descriptor_set));
    google::protobuf::SimpleDescriptorDatabase database;
    for (const auto& file : files.file()) database.Add(file);
    const DescriptorPool pool(&database);
    for (const auto& file : files.file()) {
      if (!file.name().starts_with("continuo/")) continue;
      const auto* descriptor = pool.FindFileByName(file.name());
      for (int i = 0; i < descriptor->message_type_count(); ++i) Add(*descriptor->message_type(i));
      for (int i = 0; i < descriptor->enum_type_count(); ++i) Add(*descriptor->enum_type(i));
      for (int i = 0; i < descriptor->service_count(); ++i) {
        const auto& service = *descriptor->service(i);
        Keep(service);
        for (int m = 0; m < service.method_count(); ++m) Keep(*service.method(m));
      }
    }
  }

  std::string Of(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? std::string() : found->second;
  }

 private:
  template <class Descriptor>
  void Keep(const Descriptor& descriptor) {
    google::protobuf::SourceLocation location;
    if (!descriptor.GetSourceLocation(&location)) return;
    std::string text = Trimmed(location.leading_comments);
    const std::string trailing = Trimmed(location.trailing_comments);
    if (!text.empty() && !trailing.empty()) text += "\n";
    text += trailing;
    if (!text.empty()) by_name_[descriptor.full_name()] = text;
  }
  void Add(const google::protobuf::Descriptor& message) {
    Keep(message);
    for (int i = 0; i < message.field_count(); ++i) Keep(*message.field(i));
    for (int i = 0; i < message.nested_type_count(); ++i) Add(*message.nested_type(i));
    for (int i = 0; i < message.enum_type_count(); ++i) Add(*message.enum_type(i));
  }
  void Add(const google::protobuf::EnumDescriptor& type) {
    Keep(type);
    for (int i = 0; i < type.value_count(); ++i) Keep(*type.value(i));
  }

  std::map<std::string, std::string> by_name_;
};

}  // namespace

std::string CommentOf(const std::string& full_name) {
  static const Comments comments;
  return comments.Of(full_name);
}

}  // namespace continuo::gateway
