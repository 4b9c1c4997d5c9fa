// Stands in for libmesos: the symbols that modules and the agent bind to. Compiled once per
// version (-DMESOS_VERSION, -DMESOS_MAJOR_VERSION_NUM); the versions differ where the real ones
// did, in the signature of process::subprocess.
#include <spawn.h>

#include "mesos/interfaces.hpp"
#include "process/subprocess.hpp"

extern char** environ;

namespace mesos {

extern const char* const libraryVersion;
const char* const libraryVersion = MESOS_VERSION;

Parameter::Parameter(std::string key, std::string value) : key_(std::move(key)), value_(std::move(value)) {}
const std::string& Parameter::key() const { return key_; }
const std::string& Parameter::value() const { return value_; }

Parameters::Parameters() = default;
Parameters::~Parameters() = default;
void Parameters::add(const std::string& key, const std::string& value) { items_.emplace_back(key, value); }
const std::vector<Parameter>& Parameters::parameter() const { return items_; }

Hook::~Hook() = default;
slave::ContainerLogger::~ContainerLogger() = default;
slave::Isolator::~Isolator() = default;

}  // namespace mesos

flags::FlagsBase::~FlagsBase() = default;

namespace process {

static Subprocess spawn(const std::string& path, std::vector<std::string>& argv, const int (&fds)[3]) {
  std::vector<char*> words;
  for (std::string& word : argv) words.push_back(word.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int to = 0; to < 3; to++) posix_spawn_file_actions_adddup2(&actions, fds[to], to);
  Subprocess child{-1};
  if (posix_spawnp(&child.pid, path.c_str(), &actions, nullptr, words.data(), environ) != 0) child.pid = -1;
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

#if MESOS_MAJOR_VERSION_NUM >= 1
Subprocess subprocess(const std::string& path, std::vector<std::string> argv, const Subprocess::IO& in,
                      const Subprocess::IO& out, const Subprocess::IO& err, const enum SETSID,
                      const Option<flags::FlagsBase>&, const Option<Environment>&, const Option<Clone>&,
                      const std::vector<Subprocess::Hook>&, const Option<std::string>&, const Watchdog) {
#else
Subprocess subprocess(const std::string& path, std::vector<std::string> argv, const Subprocess::IO& in,
                      const Subprocess::IO& out, const Subprocess::IO& err, const Option<flags::FlagsBase>&,
                      const Option<Environment>&, const Option<std::function<int()>>&, const Option<Clone>&,
                      const std::vector<Subprocess::Hook>&) {
#endif
  return spawn(path, argv, {in.fd, out.fd, err.fd});
}

}  // namespace process
