import { execFileSync } from 'node:child_process';

/** The layout of Mesos's module record, and a few statics such as Mesos's own headers bring along. */
const HEADER = `
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>
struct Isolator {};
struct ModuleBase {
  ModuleBase(const char* api, const char* mesos, const char* kind, const char* author, const char* email,
             const char* text, bool (*compatible)())
    : api(api), mesos(mesos), kind(kind), author(author), email(email), text(text), compatible(compatible) {}
  const char *api, *mesos, *kind, *author, *email, *text;
  bool (*compatible)();
};
template <typename T> const char* kindOf();
template <> inline const char* kindOf<Isolator>() { return "Isolator"; }
template <typename T> struct Module : ModuleBase {
  Module(const char* api, const char* mesos, const char* author, const char* email, const char* text,
         bool (*compatible)(), T* (*create)(const void*))
    : ModuleBase(api, mesos, kindOf<T>(), author, email, text, compatible), create(create) {}
  T* (*create)(const void*);
};
static Isolator* light(const void*) { return new Isolator(); }
`;

const STATICS = `
const std::string NAME = "org_lamp", LONG = "a text that does not fit into the small buffer of a string";
static std::map<std::string, int> wicks = {{"one", 1}, {"two", 2}};
static std::vector<std::string> lamps = {NAME + "_Glow", LONG};
`;

const RECORD = `
Module<Isolator> org_lamp_GlowIsolator("2", "0.28.1", "Lamp makers", "lamp@example.org", "Glows.", nullptr, light);
`;

/** A module library \`path\`; \`before\` and \`record\` replace what stands in it. */
export function compileModule(
  path: string,
  options: readonly string[],
  record = RECORD,
  before = STATICS,
): void {
  const words = ['-std=c++17', '-shared', '-fPIC', ...options, '-x', 'c++', '-', '-o', path];
  execFileSync('g++', words, { input: HEADER + before + record });
}

/** A program that opens a library with dlopen(3) and prints the six texts of a record, one a line. */
export function compileShow(path: string): void {
  const source = `
#include <dlfcn.h>
#include <stdio.h>
int main(int, char** words) {
  void* library = dlopen(words[1], RTLD_NOW);
  if (library == nullptr) { fprintf(stderr, "%s\\n", dlerror()); return 1; }
  const char** record = (const char**) dlsym(library, words[2]);
  for (int i = 0; i < 6; i++) puts(record[i] ? record[i] : "(none)");
}`;
  execFileSync('g++', ['-x', 'c++', '-', '-o', path, '-ldl'], { input: source });
}
