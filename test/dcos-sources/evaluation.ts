import type { Place } from '../../src/text/place.ts';
import type { TracedText } from '../../src/text/traced-text.ts';

/** What Cutover made of the sources with one config, in words that the real generator's results can be held against. */
export interface Evaluation {
  readonly arguments: ReadonlyMap<string, EvaluatedArgument>;
  /** Each template as rendered, before YAML is parsed; or why it could not be. */
  readonly raw: ReadonlyMap<string, Rendering>;
  /** The files of the packages by `<package>/<path>`, and `<template>.json` for each template's merged document. */
  readonly files: ReadonlyMap<string, EvaluatedFile>;
  /** Everything that is put on a node, for the search for characters without an origin: path or name, and content. */
  readonly contents: readonly Content[];
  /** What could not be evaluated at all. */
  readonly faults: readonly string[];
}

export type EvaluatedArgument =
  | { readonly kind: 'value'; readonly text: TracedText; readonly setter: EvaluatedSetter }
  | { readonly kind: 'none'; readonly reason: string };

export interface EvaluatedSetter {
  readonly kind: 'literal' | 'function' | 'late' | 'unknown';
  readonly isOptional: boolean;
  readonly isUser: boolean;
  readonly conditions: readonly (readonly [string, string])[];
  readonly function?: string;
  readonly parameters?: readonly string[];
  readonly calledWith?: ReadonlyMap<string, string>;
  /** Of a function its `def` or `lambda`; the file as the checkout has it, without a slash before it. */
  readonly place?: Place;
}

export type Rendering =
  | { readonly kind: 'rendered'; readonly text: TracedText }
  | { readonly kind: 'fault'; readonly reason: string; readonly place?: Place };

export interface EvaluatedFile {
  readonly content: string;
  /** As Python's oct() writes it: `0o644`. */
  readonly mode: string;
}

export interface Content {
  readonly name: string;
  readonly text: TracedText;
}

/** Whether the generator would have taken a config, in its own words. */
export type EvaluatedVerdict =
  /** `notExamined`: what could not be checked, so that the generator may refuse it yet. */
  | { readonly status: 'ok'; readonly notExamined: readonly string[] }
  | {
      readonly status: 'errors';
      readonly errors: ReadonlyMap<string, string>;
      readonly unset: readonly string[];
    }
  | { readonly status: 'crash'; readonly exception: string; readonly message: string; readonly at?: Place }
  /** Cutover itself stopped. */
  | { readonly status: 'failed'; readonly reason: string };
