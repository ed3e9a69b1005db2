import { Fragment, useContext } from 'react';
import { CallerContext, useAnswer } from '../caller/caller';
import { Bindings } from './bindings';
import { ReadableTypes } from './readable';
import { Refusals } from './refusals';
import { VIEWER, type Viewed } from './viewer';

/** What was kept from the caller, who that is, what that one holds, and what that opens. */
export function AccessPanel() {
  const caller = useContext(CallerContext);
  return (
    <section className="panel" aria-label="Access">
      <h2>Access</h2>
      {caller ? (
        // Keyed, so that nothing of one caller is shown to the next.
        <Fragment key={caller.turn}>
          <Refusals />
          <Access />
        </Fragment>
      ) : (
        <p>Give a token first: it tells who you are.</p>
      )}
    </section>
  );
}

function Access() {
  const asked = useAnswer<Viewed>(VIEWER);
  if (asked.state === 'waiting') {
    return <p role="status">Asking who you are…</p>;
  }
  if (asked.state === 'failed') {
    return <p role="alert">The server does not tell who you are: {asked.why}</p>;
  }
  const { name, issuer, subject, bindings } = asked.data.viewer;
  return (
    <>
      <section aria-label="Who you are">
        <h3>You are {name}</h3>
        <dl className="facts">
          <dt>subject</dt>
          <dd>
            <code>{subject}</code>
          </dd>
          <dt>issuer</dt>
          <dd>
            <code>{issuer}</code>
          </dd>
        </dl>
      </section>
      <Bindings bindings={bindings?.nodes ?? []} total={bindings?.totalCount ?? 0} />
      <ReadableTypes />
    </>
  );
}
