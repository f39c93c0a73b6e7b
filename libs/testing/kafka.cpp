#include "libs/testing/kafka.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "libs/ids/uuid.h"

namespace continuo::testing {
namespace {

namespace fs = std::filesystem;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

int FreePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(fd);
  if (!bound) throw std::runtime_error("no free port for Kafka");
  return ntohs(address.sin_port);
}

bool Accepts(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(port);
  const bool connected =
      ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return connected;
}

// The broker of this program, ended with it, even when the program is killed.
class Broker {
 public:
  Broker() {
    std::string pattern = (fs::temp_directory_path() / "continuo-kafka-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for Kafka");
    directory_ = pattern;
    port_ = FreePort();
    Start();
    AwaitReady();
  }
  ~Broker() {
    ::kill(pid_, SIGKILL);  // its data are thrown away
    ::waitpid(pid_, nullptr, 0);
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void Start() {
    const std::string port = std::to_string(port_), controller = std::to_string(FreePort());
    const std::string output = directory_ + "/output";
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int out = ::open(output.c_str(), O_CREAT | O_WRONLY, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execl("deploy/kafka/start", "start", directory_.c_str(), port.c_str(), controller.c_str(),
            nullptr);
    ::_exit(127);
  }
  // A first start fetches the jars, which takes a while.
  void AwaitReady() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(3);
    while (!Accepts(port_)) {
      if (::waitpid(pid_, nullptr, WNOHANG) == pid_ ||
          std::chrono::steady_clock::now() > deadline) {
        std::ostringstream log;
        log << std::ifstream(directory_ + "/output").rdbuf();
        throw std::runtime_error("deploy/kafka/start failed: " + log.str());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  std::string directory_;
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace

std::string KafkaForTests() {
  if (const char* given = std::getenv("CONTINUO_TEST_KAFKA"); given != nullptr && *given != 0) {
    return given;
  }
  static const Broker broker;
  return broker.address();
}

std::string UniqueTopicPrefix() {
  const std::string uuid = ids::NewUuid().ToString();
  return "t" + uuid.substr(0, 13) + uuid.substr(24) + ".";
}

}  // namespace continuo::testing
