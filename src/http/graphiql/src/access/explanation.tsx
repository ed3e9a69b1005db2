import { useAnswer } from '../caller/caller';
import { EXPLAINED, type Explained, type Need, type Reason } from './explained';
import { grouped } from './grouping';
import { roleOf } from './roles';
import { whereOf } from './scopes';

/** Why the caller may not read a field of a record, and what it would take. */
export function Explanation({ record, field }: { record: string; field: string }) {
  const asked = useAnswer<Explained>(EXPLAINED, JSON.stringify({ record, field }));
  if (asked.state === 'waiting') {
    return <p role="status">Asking why…</p>;
  }
  if (asked.state === 'failed') {
    return <p role="alert">The server does not explain it: {asked.why}.</p>;
  }
  const { outcome, reasons, needs } = asked.data.field;
  const [word, clause] = wordsOf(asked.data.field);
  return (
    <>
      <p role="status">
        <strong>{word}.</strong> {clause[0]} <code>{field}</code> {clause[1]}
      </p>
      {outcome === 'REFUSED' && reasons.length === 0 ? (
        <Reasons title="What opens the record to you" reasons={asked.data.record.reasons} />
      ) : (
        <Reasons title="Why" reasons={reasons} />
      )}
      {needs.length > 0 ? (
        <Needs
          title={`Any of these would ${outcome === 'MASKED' ? 'show it in clear' : 'open it'}`}
          needs={needs}
        />
      ) : null}
    </>
  );
}

/** A word, and what stands before and after the field. */
function wordsOf({ outcome, reasons }: Explained['field']): [string, [string, string]] {
  switch (outcome) {
    case 'ALLOWED':
      return ['Allowed', ['You may read', 'of this record now; run the operation again.']];
    case 'MASKED':
      return ['Masked', ['You are shown', 'of this record with asterisks in it.']];
    case 'REFUSED':
      return reasons.some(({ denies }) => denies)
        ? ['Refused', ['The policy denies you', 'of this record, whatever else allows it.']]
        : ['Refused', ['No role of yours opens', 'of this record.']];
  }
}

function Reasons({ title, reasons }: { title: string; reasons: Reason[] }) {
  const held = grouped(reasons, ({ binding, path }) =>
    [binding, ...path.map(({ id }) => id)].join(),
  );
  return held.size === 0 ? null : (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {[...held].map(([key, lines]) =>
          lines[0] ? <Held key={key} reason={lines[0]} lines={lines} /> : null,
        )}
      </ul>
    </section>
  );
}

/** A role that is held, the way from there to the record, and the lines that go it. */
function Held({ reason: { role, path }, lines }: { reason: Reason; lines: Reason[] }) {
  return (
    <li>
      <p>
        You are <strong>{roleOf(role).title}</strong> of
      </p>
      <ol className="way" aria-label="From there to the record">
        {path.map(({ id, name, typeName }) => (
          <li key={id}>{name ?? typeName}</li>
        ))}
      </ol>
      {lines.map(({ line, denies }) => (
        <Line key={line} line={line} denies={denies} />
      ))}
    </li>
  );
}

function Needs({ title, needs }: { title: string; needs: Need[] }) {
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {needs.map((need) => (
          <li key={need.line}>
            <p>
              <strong>{EITHER.format(need.roles.map((role) => roleOf(role).title))}</strong>,{' '}
              {whereOf(need)}
            </p>
            <Line line={need.line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const EITHER = new Intl.ListFormat('en', { type: 'disjunction' });

function Line({ line, denies = false }: { line: string; denies?: boolean }) {
  return (
    <p className="aside">
      policy line{denies ? ' that denies it' : null} <code>{line}</code>
    </p>
  );
}
