import type { GraphQLSchema } from 'graphql';
import type { Run } from '../caller/runs';
import type { Path } from '../transport';
import { grouped } from './grouping';
import { Origins, type Origin } from './origin';

/** A field that an answer does not show, or shows masked. */
export interface Refusal {
  /** Where it stands in the answer, with points in between. */
  path: string;
  /** The path without the places in lists, which the records of a list have in common. */
  column: string;
  origin: Origin;
  /** What the server says of it; nothing of what is masked. */
  message: string | null;
}

/** The fields that were refused, or shown masked, by their columns. */
export interface Refusals {
  refused: Map<string, Refusal[]>;
  masked: Map<string, Refusal[]>;
}

export function refusalsOf(run: Run, schema: GraphQLSchema | null | undefined): Refusals {
  const { data, errors = [] } = run.answer;
  const forbidden = errors.filter(
    ({ path, extensions }) => path && extensions?.code === 'FORBIDDEN',
  );
  const starred = pathsOf(data, (value) => typeof value === 'string' && value.includes('*'));
  if (forbidden.length === 0 && starred.length === 0) {
    return { refused: new Map(), masked: new Map() };
  }
  const origins = new Origins(run, schema);
  const refusal = (path: Path, message: string | null): Refusal => ({
    path: path.join('.'),
    column: path.filter((key) => typeof key === 'string').join('.'),
    origin: origins.of(path),
    message,
  });
  const refused = forbidden.map(({ path = [], message }) => refusal(path, message));
  const masked = starred.map((path) => refusal(path, null));
  return {
    refused: byColumn(refused),
    masked: byColumn(masked.filter(({ origin }) => origin.type === 'PersonalText')),
  };
}

/** Where such values stand in an answer. */
function pathsOf(value: unknown, is: (value: unknown) => boolean): Path[] {
  if (typeof value !== 'object' || value === null) {
    return is(value) ? [[]] : [];
  }
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, part]) => pathsOf(part, is).map((path) => [key, ...path]));
}

function byColumn(refusals: Refusal[]): Map<string, Refusal[]> {
  const paths = new Map(refusals.map((refusal) => [refusal.path, refusal]));
  return grouped(paths.values(), ({ column }) => column);
}
