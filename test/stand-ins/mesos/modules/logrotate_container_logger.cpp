// The container logger that DC/OS loads. Like the real one it starts its helper through
// process::subprocess, names no libmesos of its own, and looks for the helper when it is created.
#include <unistd.h>

#include <cstdio>

#include "mesos/module.hpp"
#include "process/subprocess.hpp"

using mesos::Parameters;
using mesos::slave::ContainerLogger;

namespace {

class LogrotateContainerLogger : public ContainerLogger {
public:
  explicit LogrotateContainerLogger(std::string helper) : helper_(std::move(helper)) {}

  int prepare(const std::string& sandbox) override {
    const std::vector<std::string> argv = {helper_, "--log_filename=" + sandbox + "/stdout"};
    return process::subprocess(helper_, argv, {0}, {1}, {2}).pid;
  }

private:
  std::string helper_;
};

ContainerLogger* create(const Parameters& parameters) {
  std::string directory = "/usr/local/libexec/mesos";
  for (const auto& parameter : parameters.parameter()) {
    if (parameter.key() == "launcher_dir") directory = parameter.value();
  }
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  const std::string helper = directory + "/mesos-logrotate-logger";
  if (access(helper.c_str(), F_OK) != 0) {
    std::fprintf(stderr,
                 "Failed to parse parameters: Failed to load flag 'launcher_dir': Cannot find: %s\n", helper.c_str());
    return nullptr;
  }
  return new LogrotateContainerLogger(helper);
}

}  // namespace

mesos::modules::Module<ContainerLogger> org_apache_mesos_LogrotateContainerLogger(
    MESOS_MODULE_API_VERSION, MESOS_VERSION, "Apache Mesos", "modules@mesos.apache.org",
    "Logrotate Container Logger module.", nullptr, create);
