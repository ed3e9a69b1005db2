import { useState } from 'react';
import { useAnswer } from '../caller/caller';
import { BELOW, type Ancestor, type Below, type Division } from './viewer';

/** A division where a role is held: the way up to the nation, and what lies below. */
export function BoundDivision({ division }: { division: Division & { parent: Ancestor | null } }) {
  const above: Ancestor[] = [];
  for (let next = division.parent; next; next = next.parent ?? null) {
    above.unshift(next);
  }
  return (
    <div className="tree">
      {above.length > 0 ? (
        <ol className="above" aria-label="Above it">
          {above.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ol>
      ) : null}
      <ul>
        <Branch division={division} bound />
      </ul>
    </div>
  );
}

function Branch({ division, bound = false }: { division: Division; bound?: boolean }) {
  const [open, setOpen] = useState(false);
  const below = division.children?.totalCount ?? 0;
  const line = (
    <>
      {bound ? <mark>{division.name}</mark> : division.name}
      <span className="aside"> {sizeOf(division, below)}</span>
    </>
  );
  if (below === 0) {
    return <li className="leaf">{line}</li>;
  }
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {line}
      </button>
      {open ? (
        <ul>
          <Page id={division.id} after={null} />
        </ul>
      ) : null}
    </li>
  );
}

/** One page of the divisions below, and the next one when it is asked for. */
function Page({ id, after }: { id: string; after: string | null }) {
  const [more, setMore] = useState(false);
  const asked = useAnswer<Below>(BELOW, JSON.stringify({ id, after }));
  if (asked.state === 'waiting') {
    return <li role="status">…</li>;
  }
  if (asked.state === 'failed') {
    return <li role="alert">{asked.why}</li>;
  }
  const page = asked.data.node?.children;
  if (!page) {
    return <li>not yours to open</li>;
  }
  return (
    <>
      {page.nodes.map((child) => (
        <Branch key={child.id} division={child} />
      ))}
      {page.pageInfo.hasNextPage && more ? <Page id={id} after={page.pageInfo.endCursor} /> : null}
      {page.pageInfo.hasNextPage && !more ? (
        <li>
          <button type="button" className="more" onClick={() => setMore(true)}>
            more
          </button>
        </li>
      ) : null}
    </>
  );
}

function sizeOf({ code, villageCount }: Division, below: number): string {
  const parts = [code];
  if (below > 0) {
    parts.push(`${below} below`);
  } else if (villageCount) {
    parts.push(villageCount === 1 ? '1 village' : `${villageCount} villages`);
  }
  return parts.filter(Boolean).join(' · ');
}
