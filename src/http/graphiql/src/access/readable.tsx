import { useAnswer } from '../caller/caller';
import { READABLE, type Extent, type Readable, type ReadableType } from './viewer';

const EXTENTS: { extent: Extent; sign: string; word: string; title: string }[] = [
  { extent: 'EVERY_RECORD', sign: '●', word: 'every record', title: 'Every record' },
  { extent: 'SOME_RECORDS', sign: '◐', word: 'some records', title: 'Some records' },
  { extent: 'NO_RECORD', sign: '○', word: 'no record', title: 'No record' },
];

/** The types of records and their fields, grouped by how much of each the caller may read. */
export function ReadableTypes() {
  const asked = useAnswer<Readable>(READABLE);
  return (
    <section aria-label="What you may read">
      <h3>What you may read</h3>
      {asked.state === 'waiting' ? <p role="status">Asking what you may read…</p> : null}
      {asked.state === 'failed' ? (
        <p>This server does not tell it. The rest of this panel holds all the same. ({asked.why})</p>
      ) : null}
      {asked.state === 'answered' ? <Groups types={asked.data.viewer.readable} /> : null}
    </section>
  );
}

function Groups({ types }: { types: ReadableType[] }) {
  return EXTENTS.map(({ extent, title }) => {
    const group = types.filter((type) => type.extent === extent);
    if (group.length === 0) {
      return null;
    }
    return (
      <details key={extent} className="extent" open={extent !== 'NO_RECORD'}>
        <summary>
          <h4>
            <Sign extent={extent} /> {title}
          </h4>
          <span className="aside"> {group.length === 1 ? '1 type' : `${group.length} types`}</span>
        </summary>
        {group.map((type) => (
          <Type key={type.name} type={type} />
        ))}
      </details>
    );
  });
}

function Type({ type: { name, fields } }: { type: ReadableType }) {
  const closed = fields.filter((field) => field.extent === 'NO_RECORD').length;
  const partly = fields.filter((field) => field.extent === 'SOME_RECORDS').length;
  return (
    <details className="type">
      <summary>
        <code>{name}</code>
        <span className="aside"> {summaryOf(fields.length, partly, closed)}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col">readable on</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">
                <code>{field.name}</code>
              </th>
              <td>
                <Sign extent={field.extent} />{' '}
                {wordOf(field.extent)}
                {field.masked === 'NO_RECORD' ? null : `, masked on ${wordOf(field.masked)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function wordOf(extent: Extent): string | undefined {
  return EXTENTS.find((known) => known.extent === extent)?.word;
}

function summaryOf(all: number, partly: number, closed: number): string {
  if (closed === all) {
    return `none of ${all} fields`;
  }
  const open = all - partly - closed;
  const parts = [open === all ? `all ${all} fields` : `${open} of ${all} fields`];
  if (partly > 0) {
    parts.push(`${partly} in part`);
  }
  return parts.join(', ');
}

function Sign({ extent }: { extent: Extent }) {
  const sign = EXTENTS.find((known) => known.extent === extent)?.sign;
  return (
    <span className="sign" data-extent={extent} aria-hidden="true">
      {sign}
    </span>
  );
}
