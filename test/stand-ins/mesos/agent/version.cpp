#include "version.hpp"

#include <iterator>

namespace {

using Names = std::set<std::string>;

Names with(Names names, const Names& more) {
  names.insert(more.begin(), more.end());
  return names;
}

const Names isolators028 = {"cgroups/cpu",    "cgroups/mem",      "cgroups/net_cls",   "cgroups/perf_event",
                            "docker/runtime", "filesystem/linux", "filesystem/posix",  "filesystem/shared",
                            "namespaces/pid", "posix/cpu",        "posix/disk",        "posix/mem"};
const Names kinds028 = {"Allocator", "Anonymous", "Authenticatee",     "Authenticator", "Authorizer",
                        "Hook",      "Isolator",  "ContainerLogger",   "QoSController", "HttpAuthenticator",
                        "TestModule", "ResourceEstimator"};

const Version versions[] = {
    {"0.28.1", false, "mesos-slave", "slave", "Slave", "Could not create isolator", isolators028, kinds028,
     "slave.cpp:971", "slave.cpp:1071"},
    {"1.0.0", true, "mesos-agent", "agent", "Agent", "Failed to create isolator",
     with(isolators028, {"cgroups/devices", "disk/du", "docker/volume", "gpu/nvidia", "network/cni"}),
     with(kinds028, {"MasterContender", "MasterDetector"}), "slave.cpp:1095", "slave.cpp:1197"},
};

const Version& chosen() {
  for (const Version& candidate : versions) {
    if (candidate.number == MESOS_VERSION) return candidate;
  }
  return *std::prev(std::end(versions));
}

}  // namespace

const Version& version = chosen();
