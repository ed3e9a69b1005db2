import { Fragment, useContext, useMemo, useRef, useState } from 'react';
import { useGraphiQL } from '@graphiql/react';
import { CallerContext } from '../caller/caller';
import type { Run } from '../caller/runs';
import { refusalsOf, type Refusal } from './refusal';
import { Why } from './why';

/** What the answer that is shown keeps from the caller, each to be explained. */
export function Refusals() {
  const run = useShownRun();
  const schema = useGraphiQL((state) => state.schema);
  const found = useMemo(() => run && refusalsOf(run, schema), [run, schema]);
  const [chosen, choose] = useState<string | null>(null);
  if (!run || !found) {
    return null;
  }
  const list = { run, chosen, choose };
  return (
    <>
      <Columns title="Refused in this answer" columns={found.refused} {...list} />
      <Columns title="Masked in this answer" columns={found.masked} {...list} />
    </>
  );
}

/** While another answer is on its way, the one before it stays. */
function useShownRun(): Run | null {
  const caller = useContext(CallerContext);
  const response = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response);
  const isFetching = useGraphiQL((state) => state.isFetching);
  const [kept, keep] = useState<Run | null>(null);
  const shown = isFetching ? kept : (caller?.runs.of(response) ?? null);
  if (shown !== kept) {
    keep(shown);
  }
  return shown;
}

interface List {
  run: Run;
  /** The path of the one that is explained. */
  chosen: string | null;
  choose: (path: string | null) => void;
}

function Columns({
  title,
  columns,
  ...list
}: List & { title: string; columns: Map<string, Refusal[]> }) {
  return columns.size === 0 ? null : (
    <section aria-label={title} className="refusals">
      <h3>{title}</h3>
      <p className="aside">Choose a field to be told why.</p>
      {[...columns].map(([column, refusals]) => (
        <Column key={column} column={column} refusals={refusals} {...list} />
      ))}
    </section>
  );
}

/** How many records of a list are shown at first. */
const FEW = 5;

/** A field of the records of a list, or of one record. */
function Column({ column, refusals, ...list }: List & { column: string; refusals: Refusal[] }) {
  const [shown, show] = useState(FEW);
  return (
    <>
      {refusals.length > 1 ? (
        <p className="column">
          <Points path={column} /> <span className="aside">of {refusals.length} records</span>
        </p>
      ) : null}
      <ul>
        {refusals.slice(0, shown).map((refusal) => (
          <Entry key={refusal.path} refusal={refusal} {...list} />
        ))}
        {refusals.length > shown ? (
          <li>
            <button type="button" className="more" onClick={() => show(shown + 10 * FEW)}>
              {refusals.length - shown} more
            </button>
          </li>
        ) : null}
      </ul>
    </>
  );
}

function Entry({ refusal, run, chosen, choose }: List & { refusal: Refusal }) {
  const { path, origin } = refusal;
  const open = path === chosen;
  const toggle = useRef<HTMLButtonElement>(null);
  return (
    <li>
      <button
        ref={toggle}
        type="button"
        aria-expanded={open}
        onClick={() => choose(open ? null : path)}
      >
        <Points path={path} />
        {origin.record?.name ? <span className="aside"> {origin.record.name}</span> : null}
      </button>
      {open ? (
        <section className="why" aria-label={`Why ${path}`}>
          <Why refusal={refusal} run={run} onRun={() => toggle.current?.focus()} />
        </section>
      ) : null}
    </li>
  );
}

/** A path, which goes over to the next line after a point. */
function Points({ path }: { path: string }) {
  return (
    <code>
      {path.split('.').map((part, place) => (
        <Fragment key={place}>
          {place > 0 ? '.' : null}
          {place > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
