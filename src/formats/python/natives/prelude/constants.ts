/** Modules of which constants are asked for, or names that do nothing here. */
export const STRING = String.raw`
whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_' + chr(96) + '{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join([word.capitalize() for word in s.split(sep)])
`;

/** The numbers of Linux. */
export const SOCKET = String.raw`
AF_UNIX = 1
AF_INET = 2
AF_INET6 = 10
SOCK_STREAM = 1
SOCK_DGRAM = 2
error = OSError
`;

export const MATH = String.raw`
pi = 3.141592653589793
e = 2.718281828459045
tau = 6.283185307179586
inf = float('inf')
nan = float('nan')
`;

/** Types are not checked, so their names may be anything. */
export const TYPING = String.raw`
TYPE_CHECKING = False


class _Type:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, item):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __repr__(self):
        return 'typing.' + self._name


Any = _Type('Any')
Awaitable = _Type('Awaitable')
Collection = _Type('Collection')
Container = _Type('Container')
Counter = _Type('Counter')
DefaultDict = _Type('DefaultDict')
Deque = _Type('Deque')
Final = _Type('Final')
Hashable = _Type('Hashable')
IO = _Type('IO')
Literal = _Type('Literal')
Match = _Type('Match')
MutableMapping = _Type('MutableMapping')
OrderedDict = _Type('OrderedDict')
Pattern = _Type('Pattern')
Sized = _Type('Sized')
Text = str
TextIO = _Type('TextIO')
AnyStr = _Type('AnyStr')
Callable = _Type('Callable')
ClassVar = _Type('ClassVar')
Dict = _Type('Dict')
FrozenSet = _Type('FrozenSet')
Generator = _Type('Generator')
Iterable = _Type('Iterable')
Iterator = _Type('Iterator')
List = _Type('List')
Mapping = _Type('Mapping')
NoReturn = _Type('NoReturn')
Optional = _Type('Optional')
Sequence = _Type('Sequence')
Set = _Type('Set')
Tuple = _Type('Tuple')
Type = _Type('Type')
Union = _Type('Union')


def TypeVar(name, *args, **kwargs):
    return _Type(name)


def NewType(name, kind):
    return lambda value: value


def overload(function):
    return function


def cast(kind, value):
    return value
`;

/** What a log says reaches nothing that is generated. */
export const LOGGING = String.raw`
DEBUG, INFO, WARNING, ERROR, CRITICAL = 10, 20, 30, 40, 50
WARN = WARNING


class _Logger:
    def __init__(self, name):
        self.name = name

    def _log(self, *args, **kwargs):
        pass

    debug = info = warning = warn = error = critical = exception = log = _log
    setLevel = addHandler = removeHandler = _log

    def isEnabledFor(self, level):
        return False

    def getChild(self, name):
        return _Logger('%s.%s' % (self.name, name))


_root = _Logger('root')


def getLogger(name=None):
    return _root if name is None else _Logger(name)


def basicConfig(**kwargs):
    pass


def debug(*args, **kwargs):
    pass


info = warning = warn = error = critical = exception = log = debug
`;

/** The generator runs in a container of Linux. */
export const PLATFORM = String.raw`
def system():
    return 'Linux'
`;

export const SYS = String.raw`
platform = 'linux'
maxsize = 9223372036854775807
byteorder = 'little'
`;

/** Libraries of which nothing is needed but that their names are there. */
export const RETRYING = String.raw`
def retry(*args, **options):
    return args[0] if len(args) == 1 and callable(args[0]) else lambda function: function
`;

export const TEAMCITY = String.raw`
def is_running_under_teamcity():
    return False
`;
