// Protobuf messages to and from gRPC's byte buffers. Included by this library's .cpp files only.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

namespace continuo::rpc {

inline grpc::Status ToBuffer(const google::protobuf::Message& message, grpc::ByteBuffer* buffer) {
  bool own_buffer = false;
  buffer->Clear();  // gRPC aborts when a filled buffer is serialised into
  return grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(message, buffer,
                                                                                     &own_buffer);
}

inline bool FromBuffer(const grpc::ByteBuffer& buffer, google::protobuf::Message* message) {
  // GenericDeserialize consumes its buffer; the copy shares the bytes.
  grpc::ByteBuffer copy(buffer);
  return grpc::GenericDeserialize<grpc::ProtoBufferReader, google::protobuf::Message>(&copy,
                                                                                       message)
      .ok();
}

}  // namespace continuo::rpc
