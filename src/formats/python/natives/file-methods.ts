import { splitLines } from '../../../text/split.ts';
import type { TracedText } from '../../../text/traced-text.ts';
import type { NativeCall } from '../interpreter.ts';
import { NONE, pyList, pyStr, undecidable } from '../make.ts';
import { onlyArguments } from '../native-arguments.ts';
import type { PyFile, PyValue } from '../value.ts';
import { encoded } from './str/encode.ts';

/** The methods of an open file, which is read once, from its beginning. */
export const FILE_METHODS: Readonly<Record<string, (self: PyFile, call: NativeCall) => PyValue>> = {
  close: () => NONE,
  read: (self, call) => {
    onlyArguments(call, 0);
    return contentOf(self, self.content, call);
  },
  readlines: (self, call) => {
    onlyArguments(call, 0);
    return pyList(
      splitLines(self.content).map((line) => contentOf(self, line, call)),
      call.at,
    );
  },
  write: (_, call) => undecidable('a file that is written', call.at),
};

function contentOf(file: PyFile, text: TracedText, call: NativeCall): PyValue {
  return file.isBinary === true ? encoded(text, 'utf-8', call) : pyStr(text, call.at);
}
