/** `os`: the environment as a mapping, and what is always so on Linux. */
export const OS = String.raw`
import os

sep = '/'
linesep = '\n'
pathsep = ':'
curdir = '.'
pardir = '..'
name = 'posix'
error = OSError


class _Environment:
    def get(self, key, default=None):
        return os.getenv(key, default)

    def __getitem__(self, key):
        value = os.getenv(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key):
        return os.getenv(key) is not None


environ = _Environment()


class _DirEntry:
    def __init__(self, directory, name):
        self.name = name
        self.path = os.path.join(directory, name)

    def is_file(self, follow_symlinks=True):
        return os.path.isfile(self.path)

    def is_dir(self, follow_symlinks=True):
        return os.path.isdir(self.path)

    def __repr__(self):
        return '<DirEntry %r>' % self.name


def scandir(path='.'):
    return iter([_DirEntry(path, name) for name in os.listdir(path)])


def walk(top):
    found = []
    _walk(top, found)
    return iter(found)


def _walk(top, found):
    names = os.listdir(top)
    directories = [name for name in names if os.path.isdir(os.path.join(top, name))]
    found.append((top, directories, [name for name in names if name not in directories]))
    for name in directories:
        _walk(os.path.join(top, name), found)


def fspath(path):
    return path
`;

export const OS_PATH = String.raw`
sep = '/'
pathsep = ':'
curdir = '.'
pardir = '..'
`;

/** Commands are not run: what they print is an input. */
export const SUBPROCESS = String.raw`
import _subprocess

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stdout = output
        self.stderr = stderr

    def __str__(self):
        return 'Command %r returned non-zero exit status %d.' % (self.cmd, self.returncode)


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def check_returncode(self):
        pass


def check_output(args, universal_newlines=False, text=False, encoding=None, **options):
    output = _subprocess.output(args)
    return output if universal_newlines or text or encoding else output.encode('utf-8')


def getoutput(command):
    return _subprocess.output(command).rstrip('\n')


def run(args, universal_newlines=False, text=False, encoding=None, **options):
    output = check_output(args, universal_newlines=universal_newlines, text=text, encoding=encoding)
    return CompletedProcess(args, 0, output)
`;

export const PKG_RESOURCES = String.raw`
def resource_string(package_or_requirement, resource_name):
    path = package_or_requirement.replace('.', '/') + '/' + resource_name
    with open(path, 'rb') as resource:
        return resource.read()
`;

/** The library `checksumdir`: the digest of the digests of all files below a directory, whatever their names. */
export const CHECKSUMDIR = String.raw`
import hashlib
import os
import _unknown


def dirhash(dirname, hashfunc='md5', **options):
    if options:
        _unknown.give_up('checksumdir.dirhash() with options')
    if not os.path.isdir(dirname):
        raise TypeError('{} is not a directory.'.format(dirname))
    digests = []
    for directory, _, names in os.walk(dirname):
        for name in names:
            with open(os.path.join(directory, name), 'rb') as content:
                digests.append(hashlib.new(hashfunc, content.read()).hexdigest())
    whole = hashlib.new(hashfunc)
    for digest in sorted(digests):
        whole.update(digest.encode('utf-8'))
    return whole.hexdigest()
`;
