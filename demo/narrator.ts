import { styleText } from 'node:util';

/** Tells the story on the terminal: chapters, what is done, what is seen. */
export class Narrator {
  readonly #startedAt: number = Date.now();
  #chapter = 0;

  chapter(title: string): void {
    this.#chapter += 1;
    const elapsed = ((Date.now() - this.#startedAt) / 1000).toFixed(0).padStart(3);
    console.log(`\n${bold(`${this.#chapter}. ${title}`)}  ${dim(`[${elapsed} s]`)}\n`);
  }

  say(text: string): void {
    console.log(wrap(text));
  }

  /** A command line as somebody types it on the machine. */
  command(text: string): void {
    console.log(`\n${styleText('cyan', `  $ ${text}`)}`);
  }

  output(text: string): void {
    console.log(text.trimEnd().replaceAll(/^/gm, '    '));
  }

  end(): void {
    console.log(`\n${dim(`told in ${((Date.now() - this.#startedAt) / 1000).toFixed(0)} s`)}`);
  }
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > 78) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function bold(text: string): string {
  return styleText('bold', text);
}

function dim(text: string): string {
  return styleText('dim', text);
}
