import type { Seeded } from './seeded.ts';

/** An argument that the large generator adds to the fixture's. */
export interface AddedArgument {
  readonly name: string;
  readonly kind: 'default' | 'must';
  /** As Python: a literal, a function's name or a lambda. */
  readonly value: string;
  /** Whether it is `true` or `false`. */
  readonly flag: boolean;
}

export interface LargeCalc {
  /** The fixture's calc.py with what is added. */
  readonly text: string;
  readonly added: readonly AddedArgument[];
}

const [LITERALS, FUNCTIONS, VALIDATORS, HELPERS] = [88, 15, 55, 12];

/** Grows a calc.py to the size of DC/OS 2.2.1's: 1,517 lines, 94 functions, 184 setters, 95 validators. */
export function largeCalc(calc: string, seeded: Seeded): LargeCalc {
  const literals = Array.from({ length: LITERALS }, (_, index) => literal(index, seeded));
  const flags = literals.filter(({ flag }) => flag).map(({ name }) => name);
  const texts = literals.filter(({ flag }) => !flag).map(({ name }) => name);
  const functions: string[] = Array.from({ length: HELPERS }, (_, index) => helper(index));
  const calculated: AddedArgument[] = [];
  for (let index = 0; index < FUNCTIONS; index += 1) {
    const name = `large_${seeded.name(2)}_${index}`;
    const [one, other, flag] = [pick(texts, seeded), pick(texts, seeded), pick(flags, seeded)];
    functions.push(calculator(name, [...new Set([one, other])], flag));
    calculated.push({ name, kind: 'must', value: `calculate_${name}`, flag: false });
  }
  const lambdas: AddedArgument = {
    name: 'large_lambda',
    kind: 'must',
    value: `lambda ${flags[0]}: calculate_set(${flags[0]})`,
    flag: true,
  };
  const added = [...literals, ...calculated, lambdas];
  const validators = texts.slice(0, 20).map((name) => validator(name));
  const checks = [
    ...texts.slice(0, 20).map((name) => `validate_${name}`),
    ...Array.from({ length: VALIDATORS }, (_, index) => flags[index % flags.length] ?? '').map(
      (name) => `lambda ${name}: validate_true_false(${name})`,
    ),
  ];
  const text = calc
    .replace('\nentry = {\n', () => `\n${[...functions, ...validators].join('\n\n')}\n\nentry = {\n`)
    .replace("    'validate': [\n", (head) => head + checks.map((check) => `        ${check},\n`).join(''))
    .replace("    'default': {\n", (head) => head + entryLines(added, 'default'))
    .replace("    'must': {\n", (head) => head + entryLines(added, 'must'));
  return { text, added };
}

function literal(index: number, seeded: Seeded): AddedArgument {
  const flag = index % 3 === 0;
  const value = flag
    ? seeded.pick(['true', 'false'])
    : seeded.pick(['10', '/var/lib/dcos', '5secs', 'INFO', '["a", "b"]']);
  const kind = flag || seeded.below(3) > 0 ? 'default' : 'must';
  return {
    name: `large_${seeded.name(2)}_${index}_${flag ? 'enabled' : 'value'}`,
    kind,
    value: `'${value}'`,
    flag,
  };
}

function entryLines(added: readonly AddedArgument[], kind: 'default' | 'must'): string {
  const lines = added.filter((argument) => argument.kind === kind);
  return lines.map(({ name, value }) => `        '${name}': ${value},\n`).join('');
}

function calculator(name: string, values: readonly string[], flag: string): string {
  return `
def calculate_${name}(${[...values, flag].join(', ')}):
    # Each value counts once, and in the order of its length.
    parts = []
    for value in [${values.join(', ')}]:
        text = helper_${values.length}(value)
        if text in parts:
            continue
        parts.append(text)

    def longest(candidates):
        found = ''
        for candidate in candidates:
            if len(candidate) > len(found):
                found = candidate
        return found

    if ${flag} == 'true':
        parts.append('longest={}'.format(longest(parts)))
    else:
        parts += [part.upper() for part in parts if part.startswith('5')]
    options = {'parts': parts, 'count': len(parts), 'enabled': ${flag} == 'true'}
    options['note'] = 'of %d values' % len(parts)
    return json.dumps(options)
`;
}

function helper(index: number): string {
  return `
def helper_${index}(value):
    """What is left of a value without the blanks and quotes around it."""
    stripped = value.strip().strip('"')
    if stripped == '':
        return 'nothing'
    if stripped.startswith('['):
        try:
            items = json.loads(stripped)
        except ValueError as ex:
            raise AssertionError('Must be a JSON list: {}'.format(ex)) from ex
        return '+'.join(sorted(str(item) for item in items))
    return stripped.replace('/', '.').lower()
`;
}

function validator(name: string): string {
  return `
def validate_${name}(${name}):
    assert len(${name}) < 200, 'Must have less than 200 characters, has {}'.format(len(${name}))
    assert '\\n' not in ${name}, 'Must stand on one line'
    match = re.match(r'^([\\d.]+)(secs|mins|hrs|days)$', ${name})
    if match is None:
        return
    number = match.group(1)
    assert number.count('.') <= 1, 'No number: {}'.format(number)
`;
}

function pick(names: readonly string[], seeded: Seeded): string {
  return names[seeded.below(names.length)] ?? '';
}
