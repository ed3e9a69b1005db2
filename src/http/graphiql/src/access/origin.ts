import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Run } from '../caller/runs';
import type { Path } from '../transport';

/** An object of an answer, with what the operation selects of it. */
interface Part {
  value: unknown;
  selected: SelectionSetNode[];
  /** Its type, as far as the caller is told of it. */
  type: GraphQLNamedType | undefined;
}

/** Where a field of an answer comes from. */
export interface Origin {
  /** Its name in the schema; null where the operation asks for several under one name. */
  field: string | null;
  /** Name of its type; null where the caller is not told of it. */
  type: string | null;
  /** The record that it is of; null where it is of none. */
  record: Selected | null;
}

/** A record, as an operation selects it. */
export interface Selected {
  /** Its global id; null where that is not selected. */
  id: string | null;
  name: string | null;
  /** Where `id` could be selected; null of what changes something and is not to run twice. */
  place: number | null;
}

/** The fields of what is no record itself, by the field of the record whose value they show. */
const SHOWN: Record<string, Record<string, string>> = { Participant: { name: 'participantName' } };

/** Goes along paths of an answer and through the query at the same time. */
export class Origins {
  readonly #run: Run;
  readonly #schema: GraphQLSchema | null | undefined;
  readonly #fragments: FragmentDefinitionNode[];
  readonly #operation: OperationDefinitionNode | undefined;

  constructor(run: Run, schema: GraphQLSchema | null | undefined) {
    this.#run = run;
    this.#schema = schema;
    const { definitions } = parse(run.query);
    this.#fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    this.#operation =
      operations.find(({ name }) => name?.value === run.operationName) ?? operations[0];
  }

  of(path: Path): Origin {
    const above: Part[] = [];
    let part = this.#top();
    let asked: Asked[] = [];
    for (const key of path) {
      const value = (part.value as Record<string | number, unknown> | null | undefined)?.[key];
      if (typeof key === 'number') {
        part = { ...part, value };
      } else {
        above.unshift(part);
        asked = this.#fields(part).filter(({ field }) => keyOf(field) === key);
        const selected = asked.flatMap(({ field }) => field.selectionSet ?? []);
        part = { value, selected, type: typeOf(asked[0]) };
      }
    }
    const [name = null, ...others] = new Set(asked.map(({ field }) => field.name.value));
    const shown = name && SHOWN[above[0]?.type?.name ?? '']?.[name];
    // The last is the operation itself, which is no record whatever is known of its type.
    const record = above.slice(0, -1).find(({ type }) => isRecord(type));
    return {
      field: others.length > 0 ? null : (shown ?? name),
      type: part.type?.name ?? null,
      record: record ? this.#selected(record) : null,
    };
  }

  #top(): Part {
    const { selectionSet, operation } = this.#operation ?? {};
    const type = operation && this.#schema?.getRootType(operation);
    return {
      value: this.#run.answer.data,
      selected: selectionSet ? [selectionSet] : [],
      type: type ?? undefined,
    };
  }

  #selected(record: Part): Selected {
    const value = record.value as Record<string, unknown> | null | undefined;
    const text = (wanted: string): string | null => {
      const asked = this.#fields(record).filter(({ field }) => field.name.value === wanted);
      const found = asked.map(({ field }) => value?.[keyOf(field)]);
      return found.find((each) => typeof each === 'string') ?? null;
    };
    const first = record.selected[0]?.selections[0];
    const isQuery = this.#operation?.operation === OperationTypeNode.QUERY;
    return { id: text('id'), name: text('name'), place: (isQuery && first?.loc?.start) || null };
  }

  /** The fields that are selected of an object, those of fragments too. */
  #fields({ selected, type }: Pick<Part, 'selected' | 'type'>): Asked[] {
    const selections = selected.flatMap((set) => set.selections);
    return selections.flatMap((selection): Asked[] => {
      if (selection.kind === Kind.FIELD) {
        return [{ field: selection, on: type }];
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#fragments.find(({ name }) => name.value === selection.name.value)
          : selection;
      if (!fragment) {
        return [];
      }
      const on = fragment.typeCondition?.name.value;
      const narrowed = on ? this.#schema?.getType(on) : type;
      return this.#fields({ selected: [fragment.selectionSet], type: narrowed });
    });
  }
}

/** A field as it is selected, and the type that it is selected on. */
interface Asked {
  field: FieldNode;
  on: GraphQLNamedType | undefined;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function typeOf(asked: Asked | undefined): GraphQLNamedType | undefined {
  const field = asked && fieldsOf(asked.on)?.[asked.field.name.value];
  return field && getNamedType(field.type);
}

/** What the caller is not told of has no type here, and is taken for a record. */
function isRecord(type: GraphQLNamedType | undefined): boolean {
  return !type || 'id' in (fieldsOf(type) ?? {});
}

function fieldsOf(type: GraphQLNamedType | undefined) {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : undefined;
}
