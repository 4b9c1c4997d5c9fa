/** 0 rax, 1 rcx, 2 rdx, 3 rbx, 4 rsp, 5 rbp, 6 rsi, 7 rdi, 8 … 15. */
export type RegisterNumber = number;

export interface MemoryOperand {
  readonly kind: 'memory';
  readonly base: RegisterNumber | 'next instruction' | undefined;
  readonly index: RegisterNumber | undefined;
  readonly scale: 1 | 2 | 4 | 8;
  readonly displacement: number;
  /** Counted from the thread's own data (the fs segment). */
  readonly threadLocal: boolean;
}

export type Operand =
  | MemoryOperand
  | { readonly kind: 'register'; readonly number: RegisterNumber }
  /** Eight bytes of a vector register: 0 the low ones, 1 the high ones. */
  | { readonly kind: 'half'; readonly vector: RegisterNumber; readonly half: 0 | 1 }
  | { readonly kind: 'constant'; readonly value: bigint };

export interface Move {
  readonly to: Operand;
  readonly from: Operand;
  readonly size: number;
}

export type Arithmetic = 'add' | 'or' | 'adc' | 'sbb' | 'and' | 'sub' | 'xor' | 'cmp' | 'test';

/** What an instruction does; sizes in bytes. Anything else is not decoded and so never guessed at. */
export type Operation =
  | { readonly kind: 'nothing' }
  /** Control never gets past it. */
  | { readonly kind: 'trap' }
  /** Everything is read before anything is written. */
  | { readonly kind: 'moves'; readonly moves: readonly Move[] }
  | { readonly kind: 'extend'; readonly move: Move; readonly fromSize: number; readonly signed: boolean }
  | { readonly kind: 'address'; readonly to: Operand; readonly of: MemoryOperand; readonly size: number }
  | { readonly kind: 'arithmetic'; readonly name: Arithmetic; readonly move: Move }
  | {
      readonly kind: 'unary';
      readonly name: 'not' | 'neg' | 'inc' | 'dec';
      readonly on: Operand;
      readonly size: number;
    }
  | { readonly kind: 'shift'; readonly name: 'shl' | 'shr' | 'sar'; readonly move: Move }
  | { readonly kind: 'multiply'; readonly move: Move; readonly by: Operand }
  | { readonly kind: 'push'; readonly from: Operand }
  | { readonly kind: 'pop'; readonly to: Operand }
  | { readonly kind: 'leave' }
  /** The sign of a half of rax over all of it (cwtl, cltq). */
  | { readonly kind: 'widen'; readonly size: number }
  /** The sign of rax all over rdx (cltd, cqto). */
  | { readonly kind: 'sign'; readonly size: number }
  | { readonly kind: 'exchange'; readonly move: Move; readonly add: boolean }
  | { readonly kind: 'set'; readonly condition: number; readonly to: Operand }
  | { readonly kind: 'conditional-move'; readonly condition: number; readonly move: Move }
  | { readonly kind: 'branch'; readonly condition: number; readonly target: number }
  | { readonly kind: 'jump'; readonly to: Operand }
  | { readonly kind: 'call'; readonly to: Operand }
  | { readonly kind: 'return'; readonly drop: number }
  /** rep stos (`fill`) and rep movs (`copy`), with items of `size`. */
  | { readonly kind: 'repeat'; readonly name: 'fill' | 'copy'; readonly size: number }
  /** Computes something this machine has no use for. */
  | { readonly kind: 'forget'; readonly targets: readonly Move[]; readonly flags: boolean };

export interface Instruction {
  readonly address: number;
  readonly next: number;
  readonly operation: Operation;
  /** Addresses in its operands that count from `next`. */
  readonly namedAddresses: readonly number[];
}
