#include "containerizer.hpp"

#include <set>

#include "gpu.hpp"
#include "log.hpp"
#include "modules.hpp"
#include "version.hpp"

namespace {

void createContainerLogger(const Flags& flags) {
  if (!flags.has("container_logger")) return;
  const std::string& name = flags.get("container_logger");
  within("Failed to create container logger: ", [&] {
    within("Failed to create container logger module '" + name + "': ",
           [&] { modules::create<mesos::slave::ContainerLogger>(name); });
  });
}

// Old names, and the isolators that are added without being asked for.
std::string effectiveIsolation(std::string isolation) {
  if (isolation == "process") isolation = "posix/cpu,posix/mem";
  if (isolation == "cgroups") isolation = "cgroups/cpu,cgroups/mem";
  if (!contains(isolation, "filesystem/")) isolation += ",filesystem/posix";
  if (version.since1 && !contains(isolation, "network/")) isolation += ",network/cni";
  return isolation;
}

void createIsolator(const std::string& name, const Flags& flags) {
  if (name == "gpu/nvidia" && version.isolators.count(name)) return gpu::createIsolator(flags);
  if (version.isolators.count(name)) return;
  if (!modules::contains(name, "Isolator")) throw Error("Unknown or unsupported isolator");
  modules::create<mesos::slave::Isolator>(name);
}

void createMesosContainerizer(const Flags& flags) {
  const std::string isolation = effectiveIsolation(flags.get("isolation"));
  const auto names = split(isolation, ",");
  const std::set<std::string> unique(names.begin(), names.end());
  if (version.since1 && unique.size() != names.size()) throw Error("Duplicate entries found in --isolation flag");
  if (version.since1 && unique.count("posix/disk")) {
    if (unique.count("disk/du")) throw Error("Using 'disk/du' and 'posix/disk' simultaneously is disallowed");
    log('W', "containerizer.cpp:163",
        "'posix/disk' has been renamed as 'disk/du', please update your --isolation flag to use 'disk/du'");
  }
  log('I', version.since1 ? "containerizer.cpp:196" : "containerizer.cpp:149", "Using isolation: " + isolation);
  createContainerLogger(flags);
  for (const std::string& name : names) {
    within(version.isolatorFailure + " '" + name + "': ", [&] { createIsolator(name, flags); });
  }
}

}  // namespace

void installHooks(const std::string& names) {
  std::set<std::string> installed;
  for (const std::string& name : split(names, ",", true)) {
    if (!installed.insert(name).second) throw Error("Hook module '" + name + "' already loaded");
    if (!modules::contains(name, "Hook")) throw Error("No hook module named '" + name + "' available");
    within("Failed to instantiate hook module '" + name + "': ", [&] { modules::create<mesos::Hook>(name); });
  }
}

void createContainerizer(const Flags& flags) {
  if (version.since1) gpu::createComponents(flags);
  for (const std::string& type : split(flags.get("containerizers"), ",", true)) {
    if (type == "mesos") {
      within("Could not create MesosContainerizer: ", [&] { createMesosContainerizer(flags); });
    } else if (type == "docker") {
      within("Could not create DockerContainerizer: ", [&] { createContainerLogger(flags); });
    } else {
      throw Error("Unknown or unsupported containerizer: " + type);
    }
  }
}
