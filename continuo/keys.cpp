// `continuo keys create`: a way in before there is anyone to let you in.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "continuo/commands.h"
#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/postgres/database.h"
#include "services/directory/bootstrap.h"

namespace continuo {
namespace {

// The file is made with its mode, so that the key is at no time readable by others.
bool WriteSecret(const std::string& path, const std::string& secret) {
  unlink(path.c_str());
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  const std::string line = secret + "\n";
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  return close(file) == 0 && written;
}

}  // namespace

int CreateKey(const runtime::Config& config, const KeyOptions& options) {
  postgres::Database database({.service = "directory",
                               .url = config.UrlOf("directory"),
                               .api_connections = 1,
                               .worker_connections = 1});
  directory::AdministratorWanted wanted{.name = options.name, .sandbox = config.sandbox()};
  if (!options.email.empty()) wanted.email = options.email;
  const auto call =
      rpc::Call::AsService("directory", ids::FormatTypeId("req", ids::NewUuid()));
  const auto made = directory::CreateAdministrator(database, call, wanted);
  if (!made) {
    std::fprintf(stderr, "%s\n", made.error().message.c_str());
    return 1;
  }
  if (options.out.empty()) {
    std::printf("%s\n", made->secret.c_str());
    return 0;
  }
  if (!WriteSecret(options.out, made->secret)) {
    std::fprintf(stderr, "The key cannot be written to %s.\n", options.out.c_str());
    return 1;
  }
  std::printf("The key of user %s is in %s.\n", made->user_id.c_str(), options.out.c_str());
  return 0;
}

}  // namespace continuo
