import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Run } from '../caller/runs';
import { Explanation } from './explanation';
import type { Selected } from './origin';
import type { Refusal } from './refusal';

interface Props {
  refusal: Refusal;
  run: Run;
  /** Called when the operation is about to run again. */
  onRun: () => void;
}

/** Explains a refusal, or says what it takes to have it explained. */
export function Why({ refusal: { origin, message }, run, onRun }: Props) {
  const { field, record } = origin;
  if (!record) {
    return <p>This is about no field of a record. The server says: {message}.</p>;
  }
  if (!field) {
    return (
      <p>The operation asks for several fields under this name: give each a name of its own.</p>
    );
  }
  if (!record.id) {
    return <WithoutId record={record} run={run} onRun={onRun} />;
  }
  return <Explanation record={record.id} field={field} />;
}

/** Only the id tells which record it is. */
function WithoutId({ record, run, onRun }: { record: Selected; run: Run; onRun: () => void }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const written = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query);
  const actions = useGraphiQLActions();
  const select = (place: number) => {
    const model = queryEditor?.getModel();
    // In what has been changed since, the place is another.
    if (!model || model.getValue() !== run.query) {
      return;
    }
    const { lineNumber, column } = model.getPositionAt(place);
    const before = model.getLineContent(lineNumber).slice(0, column - 1);
    const text = before.trim() === '' ? `id\n${before}` : 'id ';
    const range = {
      startLineNumber: lineNumber,
      startColumn: column,
      endLineNumber: lineNumber,
      endColumn: column,
    };
    queryEditor?.executeEdits('access', [{ range, text }]);
    onRun();
    actions.run();
  };
  const { place } = record;
  return (
    <>
      <p>
        The answer does not tell which record it is: select <code>id</code> beside the field
        {place === null ? ' the next time.' : ', then run it again.'}
      </p>
      {place !== null && written === run.query ? (
        <button type="button" className="more" onClick={() => select(place)}>
          Select id and run
        </button>
      ) : null}
    </>
  );
}
