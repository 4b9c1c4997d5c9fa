#include "modules.hpp"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <map>

#include "version.hpp"

namespace modules {
namespace {

std::map<std::string, Loaded> loadedModules;

using Release = std::array<long, 3>;

// Before 1.3 everything from a '-' on was ignored.
Release parseVersion(const std::string& text) {
  const auto parts = split(text.substr(0, text.find('-')), ".", true);
  if (parts.size() > 3) {
    throw Error("Version string has " + std::to_string(parts.size()) + " components; maximum 3 components allowed");
  }
  Release release = {};
  for (size_t i = 0; i < parts.size(); i++) {
    release[i] = long(within("Invalid version component '" + parts[i] + "': ", [&] { return parseNumber(parts[i]); }));
  }
  return release;
}

void verify(const std::string& name, const mesos::modules::ModuleBase& base) {
  for (const char* field : {base.mesosVersion, base.moduleApiVersion, base.authorName, base.authorEmail,
                            base.description, base.kind}) {
    if (!field) throw Error("Error loading module '" + name + "'; missing fields");
  }
  if (base.moduleApiVersion != std::string(MESOS_MODULE_API_VERSION)) {
    throw Error("Module API version mismatch. Mesos has: " MESOS_MODULE_API_VERSION ", library requires: " +
                std::string(base.moduleApiVersion));
  }
  if (!version.kinds.count(base.kind)) throw Error("Unknown module kind: " + std::string(base.kind));

  const std::string built = base.mesosVersion;
  const Release mine = parseVersion(version.number), theirs = parseVersion(built);
  if (theirs < mine) {
    throw Error("Minimum supported mesos version for '" + std::string(base.kind) + "' is " + version.number +
                ", but module is compiled with version " + built);
  }
  if (theirs > mine) {
    throw Error("Mesos has version " + version.number + ", but module is compiled with version " + built);
  }
  if (base.compatible && !base.compatible()) throw Error("Module " + name + "has determined to be incompatible");
}

const std::string& text(const Json& object, const char* field) {
  static const std::string absent;
  const Json* value = object.find(field);
  if (!value) return absent;
  if (value->kind != Json::String) {
    throw Error("Not expecting a JSON " + std::string(value->kindName()) + " for field '" + field + "'");
  }
  return value->text;
}

void loadModule(void* handle, const std::string& library, const Json& description) {
  const std::string name = text(description, "name");
  if (name.empty()) throw Error("Error: module name not provided with library '" + library + "'");
  const void* symbol = dlsym(handle, name.c_str());
  if (!symbol) {
    throw Error("Error loading module '" + name + "': Error looking up symbol '" + name + "' in '" + library +
                "' : " + dlerror());
  }
  const auto* base = static_cast<const mesos::modules::ModuleBase*>(symbol);
  within("Error verifying module '" + name + "': ", [&] { verify(name, *base); });

  Loaded loaded = {library, {}, base};
  for (const Json& parameter : description.at("parameters").items) {
    loaded.parameters.add(text(parameter, "key"), text(parameter, "value"));
  }
  const auto known = loadedModules.find(name);
  if (known != loadedModules.end() && known->second.library != library) {
    throw Error("Error loading module '" + name + "'; duplicate module names; first in '" + known->second.library +
                "'");
  }
  loadedModules.emplace(name, loaded);
}

}  // namespace

void load(const Json& description) {
  for (const Json& library : description.at("libraries").items) {
    const std::string name = text(library, "name");
    const std::string file = !text(library, "file").empty() ? text(library, "file")
                             : name.empty()                 ? ""
                                                            : "lib" + name + ".so";
    if (file.empty()) throw Error("Library name or path not provided");
    void* handle = dlopen(file.c_str(), RTLD_NOW);
    if (!handle) {
      throw Error("Error opening library: '" + file + "': Could not load library '" + file + "': " + dlerror());
    }
    for (const Json& module : library.at("modules").items) loadModule(handle, file, module);
  }
}

void loadDirectory(const std::string& directory) {
  std::error_code problem;
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory, problem)) {
    files[entry.path().filename()] = entry.path();
  }
  if (problem) throw Error("Error loading module manifests from '" + directory + "' directory: " + problem.message());
  for (const auto& [name, path] : files) {
    within("Error loading module manifest '" + path + "': ", [&path = path] {
      std::string content;
      if (!readFile(path, content)) throw Error("Failed to read file");
      load(Json::parse(content));
    });
  }
}

bool contains(const std::string& name, const std::string& kind) {
  const auto known = loadedModules.find(name);
  return known != loadedModules.end() && known->second.base->kind == kind;
}

const Loaded& find(const std::string& name, const std::string& kind) {
  const auto known = loadedModules.find(name);
  if (known == loadedModules.end()) throw Error("Module '" + name + "' unknown");
  if (known->second.base->kind != kind) {
    throw Error("Error creating module instance for '" + name + "': module is of kind '" + known->second.base->kind +
                "', but the requested kind is '" + kind + "'");
  }
  return known->second;
}

}  // namespace modules
