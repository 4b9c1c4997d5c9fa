"""Runs the generator of the fixture in CPython: render.py SITE-PACKAGES CONFIG-DIRECTORY, JSON on stdout.

Only tests and the fixture's own maintenance run it. Cutover itself reads generators and never runs them.
"""
import json
import os
import sys

site_packages, config_directory = map(os.path.abspath, sys.argv[1:])
sys.dont_write_bytecode = True
sys.path.insert(0, site_packages)
os.chdir(config_directory)
os.environ['DCOS_IMAGE_COMMIT'] = '41b52e1df98990aa62910fbc12c052e8fb9c1471'
os.environ['BOOTSTRAP_VARIANT'] = ''

import gen  # noqa: E402, found by the path above

with open('config.json') as config:
    json.dump(gen.generate(json.load(config)), sys.stdout, indent=2, sort_keys=True)
