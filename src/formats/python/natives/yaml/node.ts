import type { TracedText } from '../../../../text/traced-text.ts';

/** A value as PyYAML's representer makes it: what the emitter lays out. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly tag: ScalarTag;
  readonly text: TracedText;
  /** The style asked for; undefined leaves it to the emitter. */
  readonly style: ScalarStyle | undefined;
}
export interface YamlSequence {
  readonly kind: 'seq';
  readonly items: YamlNode[];
  flow: boolean;
}
export interface YamlMapping {
  readonly kind: 'map';
  readonly entries: (readonly [YamlNode, YamlNode])[];
  flow: boolean;
}

export type ScalarTag = 'str' | 'int' | 'float' | 'bool' | 'null';
export type ScalarStyle = '"' | "'" | '|';
