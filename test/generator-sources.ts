import {
  openGenerator,
  type Generator,
  type GeneratorOptions,
} from '../src/knowledge/dcos/generator/generator.ts';
import { rootWith } from './root-with.ts';

/** A generator of the shape of 1.7: one file, its calculator and what it adds itself in one function. */
export const LIKE_1_7 = {
  '__init__.py': `import json

pretty = {'sort_keys': True, 'indent': 2, 'separators': (',', ':')}


class Calculator():
    def __init__(self, setters, validators):
        for function in validators:
            assert len(parameters) == 1, "Validate functions must take exactly one parameter currently."
            assert parameter not in seen, "Only one validation function per parameter is currently allowed."

    def choose(self, feasible):
        assert len(feasible) > 0, "Had multiple optionals. Template internal error."
        self._errors[name] = ex.args[0]


def generate(arguments):
    user_arguments = arguments
    names = ['dcos-config', 'dcos-metadata']
    template_filenames = ['dcos-config.yaml', 'cloud-config.yaml']

    def add_scope(scope):
        assert scope.keys() <= {'validate', 'default', 'must', 'conditional'}

    def add_builtin(name, value):
        add_setter(name, json.dumps(value, **pretty))

    add_builtin('template_filenames', template_filenames)
    add_builtin('package_names', list(names))
    add_builtin('user_arguments', user_arguments)
    arguments = Calculator().calculate()
    rendered_templates = render(arguments)
`,
};

/** Of the shape of 1.8: validators may ask for several arguments, an entry beside it goes before, a last argument. */
export const LIKE_1_8 = {
  '__init__.py': `import json
import logging as log
import os
import textwrap

pretty = {'sort_keys': True, 'indent': 2, 'separators': (',', ':')}


def choose(feasible):
    assert final, "Had multiple optionals and no musts. Template internal error: {!r}".format(feasible)
    self._errors[name] = ex.args[0]


def add_scope(scope):
    assert scope.keys() <= {'validate', 'default', 'must', 'conditional'}


def set_up(user_arguments):
    names = ['dcos-config', 'dcos-metadata']
    template_filenames = ['dcos-config.yaml', 'cloud-config.yaml']
    if os.path.exists('gen_extra/calc.py'):
        target.add_entry(module.entry, replace_existing=True)

    def add_builtin(name, value):
        target.add_must(name, json.dumps(value, **pretty))

    add_builtin('template_filenames', template_filenames)
    add_builtin('package_names', list(names))
    add_builtin('user_arguments', user_arguments)
    later = 'only a place for it'
    add_builtin('all_of_them', later)


def generate(arguments):
    user_arguments = arguments
    arguments = calculate(set_up(user_arguments))
    log.debug(json.dumps(arguments))
    arguments['all_of_them'] = textwrap.indent(json.dumps(arguments, **pretty), prefix='  ' * 3)
    rendered_templates = render(arguments)
`,
};

const RESOLVER = `class Late:
    def __init__(self, expression):
        self.expression = expression


def validate_one_of(val, valid_values):
    if val not in valid_values:
        options = ', '.join("'{}'".format(v) for v in valid_values)
        raise AssertionError("Expected one of {}, but it is '{}'.".format(options, val))


class Scope:
    def merge(self, other):
        assert self.cases.keys() == other.cases.keys(), "Same name"


class Source:
    def add_conditional_scope(self, scope, conditions):
        assert scope.keys() <= {'validate', 'default', 'must', 'secret', 'conditional'}
        for name in self.secret:
            assert name in all_variables, "Secret"

    def remove_setters(self, scope):
        raise NotImplementedError("Should conditional setters overwrite all setters?")


class Resolver:
    def choose(self, feasible):
        assert final, "Had multiple optionals and no musts. Template internal error: {!r}".format(feasible)
        raise CalculatorError(ex.args[0], [ex]) from ex
`;

/** Of the shape of 1.9: a resolver of its own file, sources of setters, what is told late, secrets. */
export const LIKE_1_9 = {
  'internals.py': RESOLVER,
  '__init__.py': `import gen.internals
import json
import os
from pkgpanda.util import hash_checkout


def pretty(value):
    return json.dumps(value, sort_keys=True, indent=2, separators=(',', ':'))


def set_up(user_arguments, sources):
    names = ['dcos-config', 'dcos-metadata']
    template_filenames = ['dcos-config.yaml', 'cloud-config.yaml']
    if os.path.exists('gen_extra/calc.py'):
        base.add_entry(module.entry, replace_existing=True)

    def add_builtin(name, value):
        base.add_must(name, pretty(value))

    add_builtin('template_filenames', template_filenames)
    add_builtin('config_package_names', list(names))
    later = 'only a place for it'
    add_builtin('given', later)
    add_builtin('given_in_full', later)
    add_builtin('sources_id', hash_checkout([hash_checkout(source.make_id()) for source in sources]))


def get_secret_variables(sources):
    return sources


def generate(arguments, extra_sources=list()):
    user_arguments = arguments
    arguments = None
    sources = set_up(user_arguments)
    resolver = resolve(sources)
    argument_dict = get_final_arguments(resolver)
    hidden = set(get_secret_variables(sources) + ['given_in_full'])
    masked = {k: ('**MASKED**' if k in hidden else v) for k, v in user_arguments.items()}
    argument_dict['given_in_full'] = pretty(user_arguments)
    argument_dict['given'] = pretty(masked)
    rendered_templates = render(argument_dict)
`,
};

/** Of the shape of 1.11 and later: names of templates from elsewhere, arguments needed anyway, a late id. */
export const LIKE_1_11 = {
  'internals.py': RESOLVER,
  '../pkgpanda/constants.py': `from pkgpanda.util import is_windows

if is_windows:
    dcos_config_yaml = 'dcos-config-windows.yaml'
else:
    dcos_config_yaml = 'dcos-config.yaml'
`,
  '__init__.py': `import gen.internals
import json
from pkgpanda.constants import dcos_config_yaml
from pkgpanda.util import hash_checkout, is_windows


def set_up(user_arguments):
    if is_windows:
        names = ['dcos-config-windows', 'dcos-metadata']
    else:
        names = ['dcos-config', 'dcos-metadata']
    template_filenames = [dcos_config_yaml, 'cloud-config.yaml']
    base_target = gen.internals.Target({
        'config_package_names',
        'commit',
    })

    def add_builtin(name, value):
        base.add_must(name, pretty(value))

    add_builtin('template_filenames', template_filenames)
    add_builtin('config_package_names', list(names))


def generate(arguments):
    user_arguments = arguments
    resolver = resolve(set_up(user_arguments))
    argument_dict = get_final_arguments(resolver)
    config_id = hash_checkout({'commit': argument_dict['commit'], 'all': argument_dict})
    argument_dict['package_ids'] = json.dumps([
        '{}--setup_{}'.format(name, config_id) for name in json.loads(argument_dict['config_package_names'])])
    rendered_templates = render(argument_dict)
`,
};

/** Opens a generator whose files, by their path below `gen`, are these. */
export function generatorWith(
  files: Readonly<Record<string, string>>,
  options: GeneratorOptions = {},
): Generator {
  const placed = Object.entries(files).map(([path, text]) => [
    path.startsWith('../') ? `/dcos/${path.slice(3)}` : `/dcos/gen/${path}`,
    text,
  ]);
  const host = rootWith(Object.fromEntries(placed));
  const generator = openGenerator(host, { ...options, sources: { host, directory: '/dcos' } });
  if (generator === undefined) throw new Error('no gen/calc.py among the files');
  return generator;
}
