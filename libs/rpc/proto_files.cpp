#include "libs/rpc/proto_files.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <algorithm>
#include <string>

namespace continuo::rpc {

std::vector<const google::protobuf::FileDescriptor*> LinkedProtoFiles() {
  using google::protobuf::DescriptorPool;
  // The pool itself cannot be enumerated; the database that generated code registers in can.
  std::vector<std::string> names;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&names);
  std::sort(names.begin(), names.end());
  std::vector<const google::protobuf::FileDescriptor*> files;
  for (const auto& name : names) {
    if (!name.starts_with("continuo/")) continue;
    files.push_back(DescriptorPool::generated_pool()->FindFileByName(name));
  }
  return files;
}

}  // namespace continuo::rpc
