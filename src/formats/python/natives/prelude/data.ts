/** What libraries for data have beside the functions that are native. */
export const HASHLIB = String.raw`
import _hashlib


class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self._data = data

    def update(self, data):
        self._data = self._data + data

    def hexdigest(self):
        return _hashlib.hexdigest(self.name, self._data)

    def copy(self):
        return _Hash(self.name, self._data)


def new(name, data=b''):
    return _Hash(name, data)


def md5(data=b'', **options):
    return _Hash('md5', data)


def sha1(data=b'', **options):
    return _Hash('sha1', data)


def sha224(data=b'', **options):
    return _Hash('sha224', data)


def sha256(data=b'', **options):
    return _Hash('sha256', data)


def sha384(data=b'', **options):
    return _Hash('sha384', data)


def sha512(data=b'', **options):
    return _Hash('sha512', data)
`;

/** `urllib.parse`: a URL in its parts, and percent signs. */
export const URLLIB_PARSE = String.raw`
import collections

_Parts = collections.namedtuple('ParseResult', 'scheme netloc path params query fragment')
_Split = collections.namedtuple('SplitResult', 'scheme netloc path query fragment')
_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
_UNRESERVED = _LETTERS + '0123456789_.-~'


class _Url:
    def __init__(self, parts):
        self._parts = parts

    def __getattr__(self, name):
        return getattr(self._parts, name)

    def __getitem__(self, index):
        return self._parts[index]

    def __iter__(self):
        return iter(self._parts)

    def __len__(self):
        return len(self._parts)

    def __eq__(self, other):
        return tuple(self._parts) == tuple(other)

    def __repr__(self):
        return repr(self._parts)

    def _replace(self, **changes):
        return _Url(self._parts._replace(**changes))

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)

    def _host(self):
        host = self._parts.netloc.rpartition('@')[2]
        _, bracket, inside = host.partition('[')
        if bracket:
            host, _, rest = inside.partition(']')
            return host, rest.partition(':')[2]
        host, _, port = host.partition(':')
        return host, port

    @property
    def hostname(self):
        host, percent, zone = self._host()[0].partition('%')
        return host.lower() + percent + zone or None

    @property
    def port(self):
        port = self._host()[1]
        if not port:
            return None
        if not (port.isascii() and port.isdigit()):
            raise ValueError('Port could not be cast to integer value as %r' % port)
        if int(port) > 65535:
            raise ValueError('Port out of range 0-65535')
        return int(port)

    def _user(self):
        user, at, _ = self._parts.netloc.rpartition('@')
        name, colon, password = user.partition(':')
        return (name if at else None), (password if colon else None)

    @property
    def username(self):
        return self._user()[0]

    @property
    def password(self):
        return self._user()[1]


def urlsplit(url, scheme='', allow_fragments=True):
    url = url.lstrip(''.join([chr(code) for code in range(33)]))
    for character in '\t\r\n':
        url = url.replace(character, '')
        scheme = scheme.replace(character, '')
    scheme = scheme.strip(''.join([chr(code) for code in range(33)]))
    netloc = query = fragment = ''
    before, colon, after = url.partition(':')
    if colon and before and before[0] in _LETTERS:
        if all(character in _LETTERS + '0123456789+-.' for character in before):
            scheme, url = before.lower(), after
    if url.startswith('//'):
        ends = [at for at in [url.find(mark, 2) for mark in '/?#'] if at >= 0]
        end = min(ends, default=len(url))
        netloc, url = url[2:end], url[end:]
        if ('[' in netloc) != (']' in netloc):
            raise ValueError('Invalid IPv6 URL')
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return _Url(_Split(scheme, netloc, url, query, fragment))


_WITH_PARAMS = ['', 'ftp', 'hdl', 'prospero', 'http', 'imap', 'https', 'shttp', 'rtsp', 'rtspu', 'sip', 'sips',
                'mms', 'sftp', 'tel']


def urlparse(url, scheme='', allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    if scheme in _WITH_PARAMS and ';' in path:
        at = path.find(';', path.rfind('/')) if '/' in path else path.find(';')
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    return _Url(_Parts(scheme, netloc, path, params, query, fragment))


_WITH_NETLOC = ['ftp', 'http', 'gopher', 'nntp', 'telnet', 'imap', 'wais', 'file', 'mms', 'https', 'shttp', 'snews',
                'prospero', 'rtsp', 'rtspu', 'rsync', 'svn', 'svn+ssh', 'sftp', 'nfs', 'git', 'git+ssh', 'ws', 'wss']


def urlunsplit(parts):
    scheme, netloc, url, query, fragment = parts
    if netloc or (scheme in _WITH_NETLOC and not url.startswith('//')):
        if url and not url.startswith('/'):
            url = '/' + url
        url = '//' + netloc + url
    if scheme:
        url = scheme + ':' + url
    if query:
        url = url + '?' + query
    return url + '#' + fragment if fragment else url


def urlunparse(parts):
    scheme, netloc, url, params, query, fragment = parts
    return urlunsplit((scheme, netloc, url + ';' + params if params else url, query, fragment))


def quote(string, safe='/'):
    data = string if isinstance(string, bytes) else string.encode('utf-8')
    return ''.join([
        chr(byte) if byte < 128 and chr(byte) in _UNRESERVED + safe else '%%%02X' % byte for byte in data])


def quote_plus(string, safe=''):
    return quote(string, safe + ' ').replace(' ', '+')


def urlencode(query, doseq=False):
    items = query.items() if isinstance(query, dict) else query
    return '&'.join(['%s=%s' % (quote_plus(str(key)), quote_plus(str(value))) for key, value in items])


def unquote(string):
    if '%' not in string:
        return string
    first, *others = string.split('%')
    data = first.encode('utf-8')
    for part in others:
        code = part[:2]
        if len(code) == 2 and all(character in '0123456789abcdefABCDEF' for character in code):
            data = data + bytes([int(code, 16)]) + part[2:].encode('utf-8')
        else:
            data = data + b'%' + part.encode('utf-8')
    return data.decode('utf-8')
`;

/** `cryptography`, in so far as public keys are looked at; the words of 2.4, which DC/OS ships. */
export const CRYPTOGRAPHY_RSA = String.raw`
class RSAPublicKey:
    pass
`;

export const CRYPTOGRAPHY_SERIALIZATION = String.raw`
import _cryptography
from cryptography.hazmat.primitives.asymmetric import rsa


class _OtherPublicKey:
    pass


def load_pem_public_key(data, backend=None):
    kind = _cryptography.public_key_type(data)
    if kind is None:
        raise ValueError('Could not deserialize key data.')
    return rsa.RSAPublicKey() if kind == 'rsa' else _OtherPublicKey()
`;

export const CRYPTOGRAPHY_BACKENDS = String.raw`
def default_backend():
    return None
`;
