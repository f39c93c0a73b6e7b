// The proto files of Continuo that this program links.
#pragma once

#include <vector>

namespace google::protobuf {
class FileDescriptor;
}

namespace continuo::rpc {

// In the order of their names.
std::vector<const google::protobuf::FileDescriptor*> LinkedProtoFiles();

}  // namespace continuo::rpc
