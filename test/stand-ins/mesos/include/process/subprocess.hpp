// The one function whose change of shape broke modules between 0.28 and 1.0: ten parameters before,
// twelve after. Only the types that its mangled name needs are here.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

template <typename T>
class Option {
public:
  Option() = default;
  Option(const T& value) : value_(std::make_shared<T>(value)) {}
  bool isSome() const { return value_ != nullptr; }
  const T& get() const { return *value_; }

private:
  std::shared_ptr<T> value_;
};

namespace flags {
class FlagsBase {
public:
  virtual ~FlagsBase();
};
}  // namespace flags

namespace process {

struct Subprocess {
  struct IO {
    int fd;
  };
  struct Hook {
    std::function<void(pid_t)> parent;
  };
  pid_t pid;
};

using Environment = std::map<std::string, std::string>;
using Clone = std::function<pid_t(const std::function<int()>&)>;

#if MESOS_MAJOR_VERSION_NUM >= 1
enum SETSID { SETSID, NO_SETSID };
enum Watchdog { MONITOR, NO_MONITOR };

Subprocess subprocess(const std::string& path, std::vector<std::string> argv, const Subprocess::IO& in,
                      const Subprocess::IO& out, const Subprocess::IO& err, const enum SETSID setsid = NO_SETSID,
                      const Option<flags::FlagsBase>& flags = {}, const Option<Environment>& environment = {},
                      const Option<Clone>& clone = {}, const std::vector<Subprocess::Hook>& parentHooks = {},
                      const Option<std::string>& workingDirectory = {}, const Watchdog watchdog = NO_MONITOR);
#else
Subprocess subprocess(const std::string& path, std::vector<std::string> argv, const Subprocess::IO& in,
                      const Subprocess::IO& out, const Subprocess::IO& err, const Option<flags::FlagsBase>& flags = {},
                      const Option<Environment>& environment = {}, const Option<std::function<int()>>& setup = {},
                      const Option<Clone>& clone = {}, const std::vector<Subprocess::Hook>& parentHooks = {});
#endif

}  // namespace process
