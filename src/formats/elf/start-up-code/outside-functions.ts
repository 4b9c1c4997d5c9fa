import { copyWords } from './copy-words.ts';
import { ARGUMENTS, type Machine, RAX, RDI, RDX, RSI } from './machine.ts';
import { asAddress, type Value } from './value.ts';

/** How a call of a function in another library ends. */
export type OutsideCall = 'returned' | 'never returns';

/**
 * Stands in for a function of another library. A few that every C++ start-up uses are known by the C++ ABI; any
 * other may change what it is handed, and returns nothing that is known.
 */
export function callOutside(machine: Machine, name: string | undefined): OutsideCall {
  if (name !== undefined && (NEVER_RETURN.has(name) || name.includes('__throw_'))) return 'never returns';
  const known = name === undefined ? undefined : KNOWN.get(name);
  if (known !== undefined) {
    const result = known(machine);
    machine.forgetCallerSaved();
    machine.registers[RAX] = result;
    return 'returned';
  }
  const count = name === undefined ? undefined : ARGUMENT_COUNTS.get(name);
  machine.handOver(ARGUMENTS.slice(0, count).map((number) => machine.registers[number]));
  if (machine.isCalledBack) machine.memory.forgetVariables(machine.watch.ranges);
  machine.forgetCallerSaved();
  return 'returned';
}

/** Apart from a shortage of memory. */
export function neverThrows(name: string | undefined): boolean {
  return name !== undefined && KNOWN.has(name);
}

const NEVER_RETURN = new Set([
  'abort',
  'exit',
  '_exit',
  '__stack_chk_fail',
  '__cxa_throw',
  '__cxa_rethrow',
  '__cxa_bad_cast',
  '__cxa_pure_virtual',
  '_Unwind_Resume',
  '_ZSt9terminatev',
  '__assert_fail',
]);

/** Functions that take fewer than the six arguments registers can hold, so that leftovers are not taken for one. */
const ARGUMENT_COUNTS = new Map([
  ['_ZNSt8ios_base4InitC1Ev', 1],
  ['_ZNSaIcEC1Ev', 1],
  ['_ZNSaIcED1Ev', 1],
]);

const KNOWN = new Map<string, (machine: Machine) => Value>(
  Object.entries({
    _Znwm: () => undefined,
    _Znam: () => undefined,
    malloc: () => undefined,
    _ZdlPv: () => undefined,
    _ZdlPvm: () => undefined,
    _ZdaPv: () => undefined,
    free: () => undefined,
    atexit: () => 0n,
    __cxa_atexit: () => 0n,
    __cxa_finalize: () => undefined,
    strlen: (machine) => textLength(machine, machine.registers[RDI]),
    __cxa_guard_acquire: (machine) => {
      const guard = asAddress(machine.registers[RDI]);
      const done = guard === undefined ? undefined : machine.memory.load(guard, 1);
      return typeof done === 'bigint' ? (done === 0n ? 1n : 0n) : undefined;
    },
    __cxa_guard_release: (machine) => {
      const guard = asAddress(machine.registers[RDI]);
      if (guard !== undefined) machine.memory.store(guard, 1, 1n);
      return undefined;
    },
    __cxa_guard_abort: () => undefined,
    memcpy: copyMemory,
    memmove: copyMemory,
  }),
);

const LONGEST_TEXT = 65_536;
const LARGEST_COPY = 4096;
/** What one byte of a text costs of the budget. */
const BYTE = 8;

function textLength(machine: Machine, pointer: Value): Value {
  const start = asAddress(pointer);
  if (start === undefined) return undefined;
  for (let length = 0; length < LONGEST_TEXT; length += 1) {
    machine.budget.spend(BYTE);
    const byte = machine.memory.load(start + length, 1);
    if (typeof byte !== 'bigint') return undefined;
    if (byte === 0n) return BigInt(length);
  }
  return undefined;
}

/** Whole words keep what is known of them; anything else only counts as changed. */
function copyMemory(machine: Machine): Value {
  const [to, from, size] = [RDI, RSI, RDX].map((number) => asAddress(machine.registers[number]));
  if (to === undefined || from === undefined || size === undefined || size > LARGEST_COPY || size % 8 !== 0) {
    machine.handOver([machine.registers[RDI], machine.registers[RSI]]);
    return machine.registers[RDI];
  }
  copyWords(machine, to, from, size / 8);
  return BigInt(to);
}
