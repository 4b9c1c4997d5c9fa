import type { NativeFunction } from '../interpreter.ts';
import { jsonDumps } from './json/dumps.ts';
import { jsonLoad, jsonLoads } from './json/loads.ts';
import { addressBytes } from './network/inet-pton.ts';
import { MATH_FUNCTIONS } from './numbers/math.ts';
import { commandOutput } from './os/commands.ts';
import { environmentVariable } from './os/environment.ts';
import { FILE_FUNCTIONS } from './os/files.ts';
import { PATH_FUNCTIONS } from './os/paths.ts';
import { RE_FUNCTIONS } from './re/functions.ts';
import { dedent, indent } from './text/wrap.ts';
import { giveUp, unknownInput } from './unknown-input.ts';
import { decodeBase64, encodeBase64 } from './values/base64.ts';
import { deepCopy, shallowCopy } from './values/copy.ts';
import { hexDigest } from './values/hash.ts';
import { partial, reduce } from './values/partial.ts';
import { publicKeyType } from './values/public-key.ts';
import { yamlDump, yamlSafeDump } from './yaml/dump.ts';

/**
 * The functions of the standard library and of PyYAML, by their qualified names. Those that reach outside ask
 * `inputs`. What a library has besides stands in its prelude, which is made of these.
 */
export const LIBRARY_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  ...FILE_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...PATH_FUNCTIONS,
  ...RE_FUNCTIONS,
  '_cryptography.public_key_type': publicKeyType,
  '_hashlib.hexdigest': hexDigest,
  '_unknown.give_up': giveUp,
  '_subprocess.output': commandOutput,
  'base64.b64decode': decodeBase64,
  'base64.b64encode': encodeBase64,
  'copy.copy': shallowCopy,
  'copy.deepcopy': deepCopy,
  'datetime.datetime.now': unknownInput('the time at which the generator ran'),
  'datetime.datetime.utcnow': unknownInput('the time at which the generator ran'),
  'functools.partial': partial,
  'functools.reduce': reduce,
  'json.dumps': jsonDumps,
  'json.load': jsonLoad,
  'json.loads': jsonLoads,
  'os.getcwd': unknownInput('the directory in which the generator ran'),
  'os.getenv': environmentVariable,
  'random.choice': unknownInput('what chance chose'),
  'random.randint': unknownInput('what chance chose'),
  'random.random': unknownInput('what chance chose'),
  'socket.gethostname': unknownInput('the name of the machine on which the generator ran'),
  'socket.inet_pton': addressBytes,
  'textwrap.dedent': dedent,
  'textwrap.indent': indent,
  'time.time': unknownInput('the time at which the generator ran'),
  'uuid.uuid4': unknownInput('a random identifier'),
  'yaml.dump': yamlDump,
  'yaml.safe_dump': yamlSafeDump,
};
