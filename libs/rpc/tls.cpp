#include "libs/rpc/tls.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace continuo::rpc {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> ServerCredentials(const TlsFiles& files) {
  if (!files.used()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = ReadFile(files.authority);
  options.pem_key_cert_pairs.push_back({ReadFile(files.key), ReadFile(files.certificate)});
  return grpc::SslServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> ChannelCredentials(const TlsFiles& files) {
  if (!files.used()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadFile(files.authority);
  options.pem_private_key = ReadFile(files.key);
  options.pem_cert_chain = ReadFile(files.certificate);
  return grpc::SslCredentials(options);
}

}  // namespace continuo::rpc
