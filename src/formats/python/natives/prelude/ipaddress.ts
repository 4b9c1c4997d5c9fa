import { IPADDRESS_NETWORKS } from './ipaddress-networks.ts';

const ADDRESSES = String.raw`
import _unknown


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def _first(kinds, address, what, *args):
    for kind in kinds:
        try:
            return kind(address, *args)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError('%r does not appear to be an IPv4 or IPv6 %s' % (address, what))


def ip_address(address):
    return _first((IPv4Address, IPv6Address), address, 'address')


def ip_network(address, strict=True):
    return _first((IPv4Network, IPv6Network), address, 'network', strict)


def ip_interface(address):
    _unknown.give_up('ipaddress.ip_interface()')


def _read_ipv4(text):
    if not text:
        raise AddressValueError('Address cannot be empty')
    octets = text.split('.')
    if len(octets) != 4:
        raise AddressValueError('Expected 4 octets in %r' % text)
    number = 0
    for octet in octets:
        fault = _fault_of_octet(octet)
        if fault is not None:
            raise AddressValueError('%s in %r' % (fault, text))
        number = number * 256 + int(octet)
    return number


def _fault_of_octet(octet):
    if not octet:
        return 'Empty octet not permitted'
    if not (octet.isascii() and octet.isdigit()):
        return 'Only decimal digits permitted in %r' % octet
    if len(octet) > 3:
        return 'At most 3 characters permitted in %r' % octet
    if octet != '0' and octet[0] == '0':
        return 'Leading zeros are not permitted in %r' % octet
    if int(octet) > 255:
        return 'Octet %d (> 255) not permitted' % int(octet)
    return None


def _read_ipv6(text):
    if not text:
        raise AddressValueError('Address cannot be empty')
    if '%' in text:
        _unknown.give_up('an IPv6 address with a scope: only newer Pythons take it')
    parts = text.split(':')
    if len(parts) < 3:
        raise AddressValueError('At least 3 parts expected in %r' % text)
    if '.' in parts[-1]:
        try:
            number = _read_ipv4(parts.pop())
        except AddressValueError as fault:
            raise AddressValueError('%s in %r' % (fault, text)) from None
        parts.extend(['%x' % (number // 65536), '%x' % (number % 65536)])
    if len(parts) > 9:
        raise AddressValueError('At most 8 colons permitted in %r' % text)
    gaps = [index for index in range(1, len(parts) - 1) if not parts[index]]
    if len(gaps) > 1:
        raise AddressValueError("At most one '::' permitted in %r" % text)
    if not gaps and len(parts) != 8:
        raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
    before = parts[:gaps[0]] if gaps else parts
    after = parts[gaps[0] + 1:] if gaps else []
    if not parts[0]:
        if not gaps or len(before) > 1:
            raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        before = []
    if not parts[-1]:
        if not gaps or len(after) > 1:
            raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        after = []
    skipped = 8 - len(before) - len(after)
    if gaps and skipped < 1:
        raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
    number = 0
    for part in before + ['0'] * skipped + after:
        if any(character not in '0123456789abcdefABCDEF' for character in part):
            raise AddressValueError('Only hex digits permitted in %r in %r' % (part, text))
        if len(part) > 4:
            raise AddressValueError('At most 4 characters permitted in %r in %r' % (part, text))
        number = number * 65536 + int(part or '0', 16)
    return number


def _groups(number):
    return ['%x' % (number // 65536 ** index % 65536) for index in range(7, -1, -1)]


def _write_ipv6(number):
    groups = _groups(number)
    best, length = 0, 0
    for start in range(8):
        end = start
        while end < 8 and groups[end] == '0':
            end += 1
        if end - start > length:
            best, length = start, end - start
    if length < 2:
        return ':'.join(groups)
    return '%s::%s' % (':'.join(groups[:best]), ':'.join(groups[best + length:]))


class _Ordered:
    def _comparable(self, other):
        if self.version != other.version:
            raise TypeError('%s and %s are not of the same version' % (self, other))

    def __eq__(self, other):
        return isinstance(other, self._kind) and self.version == other.version and self._key() == other._key()

    def __hash__(self):
        return hash((self.version, self._key()))

    def __lt__(self, other):
        if not isinstance(other, self._kind):
            return NotImplemented
        self._comparable(other)
        return self._key() < other._key()

    def __le__(self, other):
        return self == other or self < other

    def __gt__(self, other):
        return not self <= other

    def __ge__(self, other):
        return not self < other

    def __repr__(self):
        return '%s(%r)' % (self.__class__.__name__, str(self))

    @property
    def compressed(self):
        return str(self)


class _Address(_Ordered):
    def __init__(self, address):
        if isinstance(address, bytes):
            if len(address) != self.max_prefixlen // 8:
                raise AddressValueError('%r (len %d != %d) is not permitted as an IPv%d address' % (
                    address, len(address), self.max_prefixlen // 8, self.version))
            number = 0
            for byte in address:
                number = number * 256 + byte
            address = number
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError('%d (< 0) is not permitted as an IPv%d address' % (address, self.version))
            if address >= 2 ** self.max_prefixlen:
                raise AddressValueError('%d (>= 2**%d) is not permitted as an IPv%d address' % (
                    address, self.max_prefixlen, self.version))
            self._number = address
            return
        if '/' in str(address):
            raise AddressValueError("Unexpected '/' in %r" % (str(address),))
        self._number = self._read(str(address))

    def _key(self):
        return self._number

    def __int__(self):
        return self._number

    def __add__(self, other):
        return self.__class__(self._number + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(self._number - other) if isinstance(other, int) else NotImplemented

    def __format__(self, spec):
        if spec and spec[-1] in 'bnxX':
            _unknown.give_up('an IP address formatted as a number')
        if spec and spec[-1] != 's':
            raise TypeError('unsupported format string passed to %s.__format__' % self.__class__.__name__)
        return format(str(self), spec)

    @property
    def packed(self):
        return self._number.to_bytes(self.max_prefixlen // 8, 'big')

    def _within(self, network):
        return self in self._network(network)


class IPv4Address(_Address):
    version = 4
    max_prefixlen = 32

    def _read(self, text):
        return _read_ipv4(text)

    def _network(self, text):
        return IPv4Network(text)

    def __str__(self):
        return '.'.join([str(self._number // 256 ** index % 256) for index in (3, 2, 1, 0)])

    @property
    def exploded(self):
        return str(self)

    @property
    def is_loopback(self):
        return self._within('127.0.0.0/8')

    @property
    def is_multicast(self):
        return self._within('224.0.0.0/4')

    @property
    def is_link_local(self):
        return self._within('169.254.0.0/16')

    @property
    def is_unspecified(self):
        return self._number == 0


class IPv6Address(_Address):
    version = 6
    max_prefixlen = 128

    def _read(self, text):
        return _read_ipv6(text)

    def _network(self, text):
        return IPv6Network(text)

    def __str__(self):
        return _write_ipv6(self._number)

    @property
    def exploded(self):
        return ':'.join([group.rjust(4, '0') for group in _groups(self._number)])

    @property
    def is_loopback(self):
        return self._number == 1

    @property
    def is_multicast(self):
        return self._within('ff00::/8')

    @property
    def is_link_local(self):
        return self._within('fe80::/10')

    @property
    def is_unspecified(self):
        return self._number == 0


_Address._kind = _Address
`;

/**
 * `ipaddress`: addresses and networks of both versions, with the errors as CPython 3.11 words them. Whether an
 * address is private or global is left out: the tables differ from one Python to the next.
 */
export const IPADDRESS = ADDRESSES + IPADDRESS_NETWORKS;
