// The record by which a library offers a module: 64 bytes, found by dlsym under the module's own
// name. The layout was the same in every release. The constructors are not constexpr on purpose:
// g++ then leaves the record in .bss and fills it from start-up code, as it did with the real ones.
#pragma once

#include "mesos/interfaces.hpp"

#define MESOS_MODULE_API_VERSION "2"

namespace mesos::modules {

template <typename T>
const char* kind();
template <>
inline const char* kind<Hook>() { return "Hook"; }
template <>
inline const char* kind<slave::ContainerLogger>() { return "ContainerLogger"; }
template <>
inline const char* kind<slave::Isolator>() { return "Isolator"; }

struct ModuleBase {
  ModuleBase(const char* moduleApiVersion, const char* mesosVersion, const char* kind, const char* authorName,
             const char* authorEmail, const char* description, bool (*compatible)())
      : moduleApiVersion(moduleApiVersion), mesosVersion(mesosVersion), kind(kind), authorName(authorName),
        authorEmail(authorEmail), description(description), compatible(compatible) {}

  const char* moduleApiVersion;
  const char* mesosVersion;
  const char* kind;
  const char* authorName;
  const char* authorEmail;
  const char* description;
  bool (*compatible)();
};

template <typename T>
struct Module : ModuleBase {
  Module(const char* moduleApiVersion, const char* mesosVersion, const char* authorName, const char* authorEmail,
         const char* description, bool (*compatible)(), T* (*create)(const Parameters&))
      : ModuleBase(moduleApiVersion, mesosVersion, modules::kind<T>(), authorName, authorEmail, description,
                   compatible),
        create(create) {}

  T* (*create)(const Parameters&);
};

static_assert(sizeof(Module<Hook>) == 64, "the record is eight words");

}  // namespace mesos::modules
