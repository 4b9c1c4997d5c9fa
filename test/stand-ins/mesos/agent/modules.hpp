// Loads module libraries and makes their modules, checking in Mesos's order, in Mesos's words.
#pragma once

#include "json.hpp"
#include "mesos/module.hpp"
#include "support.hpp"

namespace modules {

void load(const Json& description);
void loadDirectory(const std::string& directory);
bool contains(const std::string& name, const std::string& kind);

struct Loaded {
  std::string library;
  mesos::Parameters parameters;
  const mesos::modules::ModuleBase* base;
};

const Loaded& find(const std::string& name, const std::string& kind);

template <typename T>
T* create(const std::string& name) {
  const Loaded& loaded = find(name, mesos::modules::kind<T>());
  T* instance = static_cast<const mesos::modules::Module<T>*>(loaded.base)->create(loaded.parameters);
  if (!instance) throw Error("Error creating Module instance for '" + name + "'");
  return instance;
}

}  // namespace modules
