import { useState, type FormEvent } from 'react';
import { useAnswer } from './caller';

const STORED_TOKEN = 'grassroots:token';

/** The token that the developer chose to keep for this browser tab. */
export function rememberedToken(): string | null {
  return sessionStorage.getItem(STORED_TOKEN);
}

interface Props {
  inUse: boolean;
  onUse: (token: string | null) => void;
}

/** Takes a token; it stays in memory unless the developer asks for more. */
export function TokenField({ inUse, onUse }: Props) {
  const [typed, setTyped] = useState('');
  const [remember, setRemember] = useState(() => rememberedToken() !== null);
  const use = (event: FormEvent) => {
    event.preventDefault();
    const token = typed.trim().replace(/^bearer\s+/i, '');
    if (remember) {
      sessionStorage.setItem(STORED_TOKEN, token);
    } else {
      sessionStorage.removeItem(STORED_TOKEN);
    }
    setTyped('');
    onUse(token);
  };
  const forget = () => {
    sessionStorage.removeItem(STORED_TOKEN);
    onUse(null);
  };
  if (inUse) {
    return (
      <div className="token">
        <InUse />
        <button type="button" onClick={forget}>
          Forget it
        </button>
      </div>
    );
  }
  return (
    <form className="token" onSubmit={use}>
      <label>
        <span>Token</span>
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="eyJ…"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" disabled={typed.trim() === ''}>
        Use token
      </button>
      <label>
        <input
          type="checkbox"
          checked={remember}
          onChange={(event) => setRemember(event.target.checked)}
        />
        <span>Remember in this tab</span>
      </label>
    </form>
  );
}

function InUse() {
  const asked = useAnswer<{ viewer: { name: string } }>('query Holder { viewer { name } }');
  const { state } = asked;
  return (
    <span role="status">
      {state === 'waiting' ? 'A token is in use.' : null}
      {state === 'answered' ? `A token is in use: you are ${asked.data.viewer.name}.` : null}
      {state === 'failed' ? `This token does not work: ${asked.why}` : null}
    </span>
  );
}
