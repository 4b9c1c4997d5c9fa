"""Runs the generator of the fixture in CPython: render.py SITE-PACKAGES CONFIG-DIRECTORY, JSON on stdout.

Stdin holds a JSON list of objects, each of which changes the config: null takes a key out. The answer is a list, too;
a config that is refused gives its errors.
Only tests and benches run it. Cutover itself reads generators and never runs them.
"""
import json
import os
import sys

import yaml

site_packages, config_directory = map(os.path.abspath, sys.argv[1:])
sys.dont_write_bytecode = True
sys.path.insert(0, site_packages)
os.chdir(config_directory)
os.environ['DCOS_IMAGE_COMMIT'] = '98026513dca2c4b6a8f9e1d3c5b7a90817263544'
os.environ['BOOTSTRAP_ID'] = '0123456789abcdef0123456789abcdef01234567'
os.environ['BOOTSTRAP_VARIANT'] = ''

import gen  # noqa: E402, found by the path above
import gen.build_deploy.bash  # noqa: E402
from gen.exceptions import ValidationError  # noqa: E402

with open('config.yaml') as config:
    given = yaml.safe_load(config)


def answer(changes):
    changed = {name: value for name, value in {**given, **changes}.items() if value is not None}
    try:
        arguments = gen.stringify_configuration(changed)
        return gen.generate(arguments, [gen.build_deploy.bash.onprem_source])
    except ValidationError as refused:
        return {'errors': refused.errors, 'unset': sorted(refused.unset)}


json.dump([answer(changes) for changes in json.load(sys.stdin)], sys.stdout)
