import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBlock,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  type Node,
} from 'typescript/unstable/ast';
import type { Change } from './change.ts';

/** What only a way back does. */
const BACK_ACTIONS = [
  'fileRestore',
  'statePrepare',
  'stateRestore',
  'guardLift',
  'trialRemove',
  'verifyFiles',
  'verifyUnit',
];

/** What does it for several steps at once. */
const BACK_FUNCTIONS = ['restoreFiles'];

/** Each inverse of a step left out, each step of a way back that an inverse consists of, and what these do. */
export function inverseMutants(node: Node): readonly Change[] {
  return [
    ...inversesLeftOut(node),
    ...elementsLeftOut(node),
    ...actionsLeftOut(node),
    ...functionsLeftOut(node),
  ];
}

function functionsLeftOut(node: Node): readonly Change[] {
  if (!isFunctionDeclaration(node) || node.body === undefined) return [];
  if (node.name === undefined || !BACK_FUNCTIONS.includes(node.name.text)) return [];
  return [{ at: node.body, replacement: '{}', how: 'does nothing' }];
}

function inversesLeftOut(node: Node): readonly Change[] {
  if (!isPropertyAssignment(node) || !isIdentifier(node.name) || node.name.text !== 'invert') return [];
  if (node.initializer.getText() === '() => []') return [];
  return [{ at: node.initializer, replacement: '() => []', how: 'no inverse' }];
}

/** Steps in the lists of `invert` duties and of invert.ts; a duty of one step has a mutant already. */
function elementsLeftOut(node: Node): readonly Change[] {
  if (!isArrayLiteralExpression(node)) return [];
  if (!(isOfInvert(node) || (isOfDuty(node) && node.elements.length > 1))) return [];
  return node.elements.map((element, index) => {
    const next = node.elements[index + 1];
    const at = { at: element, replacement: '', how: isSpreadElement(element) ? 'list left out' : 'left out' };
    return next === undefined ? at : { ...at, to: next.getStart() };
  });
}

function isOfInvert(node: Node): boolean {
  return node.getSourceFile().fileName.endsWith('/engine/invert.ts');
}

function isOfDuty(node: Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (isPropertyAssignment(at) && isIdentifier(at.name)) return at.name.text === 'invert';
  return false;
}

function actionsLeftOut(node: Node): readonly Change[] {
  if (isOfInvert(node) && isExpressionStatement(node))
    return [{ at: node, replacement: ';', how: 'removed' }];
  if (!isVariableDeclaration(node) || !isIdentifier(node.name) || !BACK_ACTIONS.includes(node.name.text))
    return [];
  if (node.initializer === undefined || !isObjectLiteralExpression(node.initializer)) return [];
  return node.initializer.properties.flatMap((property): Change[] => {
    if (!isPropertyAssignment(property) || !isIdentifier(property.name)) return [];
    if (!isArrowFunction(property.initializer)) return [];
    const { text } = property.name;
    if (text === 'foresee')
      return [{ at: property.initializer, replacement: 'async () => ({})', how: 'foresees nothing' }];
    if (text === 'apply')
      return [{ at: property.initializer, replacement: 'async () => ({})', how: 'does nothing' }];
    const isEmpty =
      !isBlock(property.initializer.body) && property.initializer.body.getText() === 'undefined';
    return isEmpty
      ? []
      : [{ at: property.initializer, replacement: 'async () => undefined', how: 'looks at nothing' }];
  });
}
