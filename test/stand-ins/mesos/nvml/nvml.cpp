// Stands in for Nvidia's management library on a machine with two GPUs.
#include <cstdio>

static constexpr unsigned deviceCount = 2;
static unsigned devices[deviceCount] = {0, 1};

enum Result { success = 0, invalidArgument = 2 };

extern "C" {

int nvmlInit_v2() { return success; }
int nvmlShutdown() { return success; }

int nvmlSystemGetDriverVersion(char* version, unsigned length) {
  std::snprintf(version, length, "361.42");
  return success;
}

int nvmlDeviceGetCount(unsigned* count) {
  *count = deviceCount;
  return success;
}

int nvmlDeviceGetHandleByIndex(unsigned index, void** device) {
  if (index >= deviceCount) return invalidArgument;
  *device = &devices[index];
  return success;
}

int nvmlDeviceGetMinorNumber(void* device, unsigned* minor) {
  *minor = *static_cast<unsigned*>(device);
  return success;
}

const char* nvmlErrorString(int result) { return result == success ? "Success" : "Invalid Argument"; }
}
