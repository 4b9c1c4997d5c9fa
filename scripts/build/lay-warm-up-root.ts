// lay-warm-up-root.ts DIRECTORY: a DC/OS node to run a fresh build on.
import { layDcos22Node } from '../../test/dcos-2.2/lay-node.ts';

const [, , directory] = process.argv;
if (directory === undefined) throw new Error('lay-warm-up-root.ts DIRECTORY');
layDcos22Node(directory);
