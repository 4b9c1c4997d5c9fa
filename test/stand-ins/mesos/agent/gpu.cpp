#include "gpu.hpp"

#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "slave_info.hpp"
#include "support.hpp"

namespace gpu {
namespace {

void* library() {
  static void* const handle = dlopen("libnvidia-ml.so.1", RTLD_NOW);
  return handle;
}

template <typename... Arguments>
void call(const std::string& name, Arguments... arguments) {
  const auto function = reinterpret_cast<int (*)(Arguments...)>(dlsym(library(), name.c_str()));
  if (!function) throw Error("Failed to load symbol '" + name + "'");
  if (const int status = function(arguments...)) {
    const auto text = reinterpret_cast<const char* (*)(int)>(dlsym(library(), "nvmlErrorString"));
    throw Error(name.substr(0, name.find('_')) + " failed: " + (text ? text(status) : std::to_string(status)));
  }
}

unsigned deviceCount() {
  unsigned count = 0;
  call("nvmlDeviceGetCount", &count);
  return count;
}

std::optional<double> requested(const Flags& flags) {
  for (const Resource& resource : parseResources(flags.get("resources", ""), "*")) {
    if (resource.name == "gpus") return resource.value.scalar;
  }
  return std::nullopt;
}

std::vector<std::string> isolators(const Flags& flags) { return split(flags.get("isolation"), ","); }

bool enabled(const Flags& flags) {
  const auto names = isolators(flags);
  return std::find(names.begin(), names.end(), "gpu/nvidia") != names.end();
}

std::string which(const std::string& program) {
  const std::string command = "which " + program;
  FILE* const pipe = popen(command.c_str(), "re");
  char path[4096] = "";
  if (!std::fgets(path, sizeof path, pipe)) path[0] = '\0';
  if (const int status = pclose(pipe)) {
    throw Error("Failed to os::shell '" + command + "': Failed to execute '" + command +
                "'; the command was either not found or exited with a non-zero exit status: " +
                std::to_string(WEXITSTATUS(status)));
  }
  return trim(path);
}

void createVolume() {
  if (geteuid() != 0) throw Error("NvidiaVolume::create() requires root privileges");
  char driver[80] = "";
  call("nvmlSystemGetDriverVersion", static_cast<char*>(driver), unsigned(sizeof driver));
  namespace fs = std::filesystem;
  const fs::path volume = "/var/run/mesos/isolators/gpu/nvidia_" + std::string(driver);
  std::error_code error;
  for (const char* part : {"bin", "lib", "lib64"}) {
    fs::create_directories(volume / part, error);
    if (error) throw Error("Failed to os::mkdir '" + (volume / part).string() + "': " + error.message());
  }
  for (const std::string program : {"nvidia-cuda-mps-control", "nvidia-cuda-mps-server", "nvidia-debugdump",
                                    "nvidia-persistenced", "nvidia-smi"}) {
    fs::copy_file(which(program), volume / "bin" / program, fs::copy_options::overwrite_existing, error);
    if (error) throw Error("Failed to copy '" + program + "': " + error.message());
  }
}

// Only with the isolator on: what --resources and --nvidia_gpu_devices must agree about.
void checkDevices(const std::optional<double>& gpus, const std::optional<std::vector<std::string>>& devices) {
  if (devices && !gpus) {
    throw Error("'--nvidia_gpus_devices' cannot be set without also setting 'gpus' in '--resources'");
  }
  if (!gpus) return;
  if (*gpus < 0 || *gpus != std::floor(*gpus)) throw Error("The 'gpus' resource must be an non-negative integer");
  if (*gpus > 0 && !devices) {
    throw Error("The `gpus` resource can not be set without also setting `--nvidia_gpu_devices`");
  }
  if (!devices) return;
  if (std::set<std::string>(devices->begin(), devices->end()).size() != devices->size()) {
    throw Error("'--nvidia_gpu_devices' contains duplicates");
  }
  if (double(devices->size()) != *gpus) {
    throw Error("'--resources' and '--nvidia_gpu_devices' specify different numbers of GPU devices");
  }
  if (*gpus > deviceCount()) throw Error("The `gpus` resource is greater than the number of GPUs available");
}

}  // namespace

std::optional<double> resources(const Flags& flags) {
  const auto gpus = requested(flags);
  std::optional<std::vector<std::string>> devices;
  if (flags.has("nvidia_gpu_devices")) devices = split(flags.get("nvidia_gpu_devices"), ",");
  if (!enabled(flags)) {
    if (devices) {
      throw Error("'--nvidia_gpus_devices' can only be specified if the `--isolation` flag contains 'gpu/nvidia'");
    }
    return std::nullopt;
  }
  if (!library()) throw Error("NVML is not available");
  checkDevices(gpus, devices);
  if (gpus) return std::nullopt;
  return deviceCount();
}

void createComponents(const Flags& flags) {
  if (!library()) return;
  within("Failed to nvml::initialize: ", [] { call("nvmlInit_v2"); });
  within("Failed call to NvidiaGpuAllocator::resources: ", [&] { resources(flags); });
  within("Failed to NvidiaVolume::create: ", createVolume);
}

void createIsolator(const Flags& flags) {
  if (!library()) throw Error("Cannot create the Nvidia GPU isolator: NVML is not available");
  const auto names = isolators(flags);
  const auto devices = std::find(names.begin(), names.end(), "cgroups/devices");
  if (devices == names.end()) {
    throw Error("The 'cgroups/devices' isolator must be enabled in order to use the 'gpu/nvidia' isolator");
  }
  if (devices > std::find(names.begin(), names.end(), "gpu/nvidia")) {
    throw Error("'cgroups/devices' must precede 'gpu/nvidia' in the --isolation flag");
  }
  for (const std::string device : {"/dev/nvidiactl", "/dev/nvidia-uvm"}) {
    struct stat status;
    if (stat(device.c_str(), &status) != 0) {
      throw Error("Failed to obtain device ID for '" + device + "': Error invoking stat for '" + device +
                  "': " + std::strerror(errno));
    }
  }
}

}  // namespace gpu
