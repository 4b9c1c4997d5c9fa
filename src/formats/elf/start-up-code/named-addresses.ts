import type { Operand, Operation } from './instruction.ts';

/** The addresses that an instruction gives relative to itself, once it is known where the next one begins. */
export function namedAddresses(operation: Operation, next: number): readonly number[] {
  return operandsOf(operation).flatMap((operand) =>
    operand?.kind === 'memory' && operand.base === 'next instruction' ? [next + operand.displacement] : [],
  );
}

function operandsOf(operation: Operation): readonly (Operand | undefined)[] {
  switch (operation.kind) {
    case 'moves':
      return operation.moves.flatMap(({ to, from }) => [to, from]);
    case 'forget':
      return operation.targets.flatMap(({ to, from }) => [to, from]);
    case 'extend':
    case 'arithmetic':
    case 'shift':
    case 'exchange':
    case 'conditional-move':
      return [operation.move.to, operation.move.from];
    case 'multiply':
      return [operation.move.from, operation.by];
    case 'address':
      return [operation.of];
    case 'unary':
      return [operation.on];
    case 'push':
      return [operation.from];
    case 'pop':
    case 'set':
    case 'jump':
    case 'call':
      return [operation.to];
    default:
      return [];
  }
}
