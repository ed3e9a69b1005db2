import { useContext, useLayoutEffect, useRef } from 'react';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { CallerContext } from './caller';

/**
 * Clears the answers in all tabs when another caller takes over: what one may read,
 * the next may not.
 */
export function Handover() {
  const caller = useContext(CallerContext);
  const { stop, moveTab, updateActiveTabValues } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const active = useGraphiQL((state) => state.activeTabIndex);
  const shown = useGraphiQL((state) => state.responseEditor);
  const before = useRef(caller);
  useLayoutEffect(() => {
    if (before.current === caller) {
      return;
    }
    before.current = caller;
    stop();
    // The active tab stays the same object: GraphiQL finds it by identity in the new order.
    moveTab(tabs.map((tab, index) => (index === active ? tab : { ...tab, response: null })));
    updateActiveTabValues({ response: null });
    shown?.setValue('');
  });
  return null;
}
