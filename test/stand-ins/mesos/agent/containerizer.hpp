// The stage between binding and recovery at which names in flags must turn out to mean something:
// containerizers, the container logger, isolators, hooks.
#pragma once

#include "flags.hpp"

void installHooks(const std::string& names);
void createContainerizer(const Flags& flags);
